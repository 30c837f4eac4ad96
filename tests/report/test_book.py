from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
import shutil
import time
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from report.sample import findings
from report.test_page import HOSTILE, everywhere
from summitry import publish
from summitry.answers import Study
from summitry.document import Document, column, places, table
from summitry.plan.schedule import Tried
from summitry.questions import question
from summitry.reasons import reason
from summitry.report.book import address, notebook
from summitry.report.html import render, whole
from summitry.wording import Names, Wording, messages
from summitry.wording.numbers import NBSP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from summitry.study import Findings

CHROMIUM = shutil.which("chromium")


class Seen(HTMLParser):
    """Tags with their attributes, and the text, of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, attribute: str) -> Iterator[str]:
        return (value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None)


def book(found: Findings) -> str:
    return publish.render(found)["book.html"].decode()


def test_the_book_loads_nothing_from_anywhere() -> None:
    seen = Seen(book(findings()))
    assert not {"script", "link", "iframe", "img", "object", "embed", "base", "form"} & {tag for tag, _ in seen.tags}
    assert not list(seen.all("src"))
    assert "url(" not in re.sub(r"url\(#[a-z-]+\w*\)", "", book(findings()))
    assert all(href.startswith(("#", "https://example.org/")) for href in seen.all("href"))


def test_a_belief_is_told_as_meaning_to_deliver_with_the_trust_that_follows() -> None:
    shown = " ".join("".join(Seen(book(findings())).text).split())
    told = shown[shown.index("Aland on whether Borduria means to deliver") :]
    assert "after the record 0.22 / 0.38 / 0.55" in told
    assert "what stopping would bring a pretender: 0.56 / 0.64 / 0.72" in told


def test_the_policy_allows_only_the_one_style_sheet_by_its_hash() -> None:
    page = book(findings())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(a["content"] for t, a in Seen(page).tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not list(Seen(page).all("style"))


def test_hostile_text_stays_text() -> None:
    plain, attacked = Seen(book(findings())), Seen(book(everywhere(HOSTILE)))
    assert {tag for tag, _ in attacked.tags} <= {tag for tag, _ in plain.tags} | {"dd", "tspan"}
    assert "<script>alert(1)</script>" in "".join(attacked.text)
    assert not [a for _, attrs in attacked.tags for a in attrs if a.startswith("on")]


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "http:/x",
        "file:///etc/passwd",
        "https://a b",
        "https://[",
        "ftp://x/y",
    ],
)
def test_only_addresses_of_the_web_become_links(text: str) -> None:
    assert address(text) is None


def test_web_addresses_become_links_that_tell_nobody_where_they_were_clicked() -> None:
    outside = [a for t, a in Seen(book(findings())).tags if t == "a" and not str(a["href"]).startswith("#")]
    pages = ("naval/1933?a=1&b=2", "straits/lane-2", "act", "1921")
    assert {a["href"] for a in outside} == {f"https://example.org/{page}" for page in pages}
    assert {a["rel"] for a in outside} == {"noreferrer noopener"}


def test_every_anchor_is_there_and_every_id_once() -> None:
    seen = Seen(book(findings()))
    ids = list(seen.all("id"))
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in seen.all("href") if href.startswith("#")} <= set(ids)


def test_every_table_head_has_a_scope_and_every_figure_a_text() -> None:
    seen = Seen(book(findings()))
    assert all(a.get("scope") in {"col", "row"} for t, a in seen.tags if t == "th")
    pictures = [a for t, a in seen.tags if t == "svg"]
    assert len(pictures) == 14
    assert all(a["role"] == "img" and len(str(a["aria-label"])) > 40 for a in pictures)


def test_every_claim_refers_to_its_source() -> None:
    found = findings()
    shown = " ".join(" ".join(Seen(book(found)).text).split())
    for holding in found.holdings:
        for claim in holding.claims:
            assert claim.source in shown


def test_left_out_links_and_notes_are_in_the_book() -> None:
    shown = "".join(Seen(book(findings())).text)
    assert "no offer of this case has been answered yet" in shown
    assert "Demonstration numbers." in shown


def test_an_empty_study_still_makes_a_book() -> None:
    bare = dataclasses.replace(
        findings(),
        record=None,
        frontier=None,
        rung=None,
        ideas=(),
        price=None,
        plan=None,
        groundwork=None,
        readiness=None,
        holdings=(),
        omitted=(),
        notes=(),
    )
    assert "the study holds no answer" in book(bare)


def test_the_notebook_fragment_is_small_and_escaped() -> None:
    assert len(notebook(findings())) < 4000
    assert "<script>" not in notebook(everywhere(HOSTILE))
    assert Study(question("prepare"), findings(), Names())._repr_html_() == notebook(findings())


def test_writing_takes_less_than_a_second_and_a_half_once_warm(tmp_path: Path) -> None:
    publish.write(findings(), tmp_path)
    start = time.process_time()
    publish.write(findings(), tmp_path)
    assert time.process_time() - start < 1.5


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt install chromium)")
@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (1400, "dark"), (390, "light")])
def test_the_book_renders_without_errors_requests_or_sideways_scrolling(tmp_path: Path, width: int, scheme: str) -> None:
    from playwright.sync_api import sync_playwright

    path = publish.write(everywhere(HOSTILE) if scheme == "dark" else findings(), tmp_path)[1]
    noise: list[str] = []
    with sync_playwright() as driver:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light")
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda request: noise.append(request.url) if request.url != path.as_uri() else None)
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        browser.close()
    assert noise == []
    assert wide <= width
    assert (ground == "rgb(255, 255, 255)") is (scheme == "light")


def test_signals_are_told_with_the_one_to_ask_for_or_that_there_is_none() -> None:
    shown = book(findings())
    told = findings().signals
    assert told is not None
    section = " ".join("".join(Seen(shown[shown.index('id="signals"') : shown.index('id="inventory"')]).text).split())
    for said in ("words rise above deeds by 0.2 a month", "Too few answers within 90 days", "between 1933-07 and 1933-10"):
        assert said in section
    for said in ("Lane 2 opened", "substantive", "There is none: what a side that means it would do tells at most 1.7 to 1"):
        assert said in section
    silent = dataclasses.replace(told, ask=(), omitted=(reason("signals.unasked"),))
    assert "no belief of one side in another is open here" in book(dataclasses.replace(findings(), signals=silent))


def test_at_a_glance_says_that_nothing_passes() -> None:
    found = findings()
    assert found.rung is not None
    missed = dataclasses.replace(found, rung=dataclasses.replace(found.rung, best=None, nearest=found.ideas[0], flips=()))
    shown = [book(one).partition('id="glance"')[2].partition("</dt>")[0] for one in (found, missed)]
    assert ["no swap passes all gates today" in text for text in shown] == [False, True]


def test_at_a_glance_links_to_the_section_that_tells_the_rest() -> None:
    found = findings()
    plan = found.plan
    assert plan is not None
    long = dataclasses.replace(plan, steps=plan.steps * 4)
    glance = book(dataclasses.replace(found, plan=long)).partition('id="glance"')[2].partition("</section>")[0]
    assert f'<a href="#plan">+{len(long.steps) - 3} more</a>' in glance
    assert "in the book" not in glance


def test_a_plan_says_why_its_load_is_not_the_least() -> None:
    found = findings()
    assert found.plan is not None
    first, slow = Tried(9, 0.5, "1935-01-01", fits=False), Tried(found.plan.phases, found.plan.load, "1934-09-01", fits=True)

    def told(*orders: Tried) -> str:
        assert found.plan is not None
        section = book(dataclasses.replace(found, plan=dataclasses.replace(found.plan, orders=orders)))
        text = section.partition('id="plan"')[2].partition("</section>")[0]
        return " ".join(re.sub(r"<[^>]*>", "", text).split())

    assert "because" not in told(slow)
    assert "the order asked for (0.5, which could end on 1935-01-01) does not keep the dates" in told(first, slow)
    late = told(first, dataclasses.replace(slow, fits=False))
    assert "no order that was tried keeps the dates" in late
    assert "because" not in late


def table_of(*rows: tuple[str | float | None, ...]) -> str:
    """The markup of a table of these cells."""
    columns = [column("book.chosen.what" if k == 0 else "book.chosen.value", f"[{k}]") for k in range(len(rows[0]))]
    blocks = (table("book.chosen", places("rows", rows), columns),)
    return render(Document({"rows": rows}, blocks), Wording(Names(), messages()))


def cards(markup: str) -> int:
    found = re.search(r'class="cards-(\d+)"', markup)
    assert found is not None
    return int(found[1])


def test_a_column_that_no_row_fills_is_named_and_not_shown() -> None:
    silent = messages()["table.silent"]
    some = table_of(("a", None, 1.0), ("b", None, 2.0))
    assert some.count('<th role="columnheader"') == 2
    assert f"{silent} Value." in some
    assert silent not in table_of(("a", None, None), ("b", "who", 2.0))


def test_a_row_becomes_a_card_where_its_columns_have_no_room_and_the_style_has_a_rule_for_that() -> None:
    sentence = "a sentence of more than a few words"
    sizes = [cards(table_of(row)) for row in (("a", "b", 1.0), ("a", sentence, 1.0), ("a", *([sentence] * 12)))]
    assert sizes == sorted(set(sizes))
    style = re.search(r"<style>(.*?)</style>", book(findings()), re.DOTALL)
    assert style is not None
    for size in sizes:
        assert f"@container (max-width: {size}rem)" in style[1]
        assert f".cards-{size} " in style[1]
    assert "SIZE" not in style[1]


def test_dates_and_percentages_stay_whole_and_case_text_stays_text() -> None:
    shown = whole('<b>48 %</b> from 2019-02-15 to 2019-03, "1 %"')
    assert "<b>" not in shown
    assert f"48{NBSP}%" in shown
    assert shown.count('<span class="whole">') == 2
    assert whole("-2.83 points, less-5, 1-2") == "−2.83 points, less-5, 1-2"


def test_months_without_a_word_or_a_deed_are_counted_and_left_out() -> None:
    found = findings()
    assert found.record is not None
    actor, months = next(iter(found.record.months.items()))
    quiet = dataclasses.replace(months[0], month="1999-01", words=None, deeds=None, word_count=0, deed_count=0)
    record = dataclasses.replace(found.record, months={actor: (quiet, *months)}, silent={actor: 1})
    shown = " ".join("".join(Seen(book(dataclasses.replace(found, record=record))).text).split())
    assert "1 month without either left out" in shown
    assert "1999-01" not in shown


def lightness(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((lightness(one), lightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_differ_enough_on_the_screen_by_day_and_by_night_and_on_paper() -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11: 4.5 to 1 for text, 3 to 1 for what a figure draws."""
    palettes = re.findall(r":root \{ color-scheme.*?\}|:root \{ --paper.*?\}", book(findings()))
    assert len(palettes) == 3
    for palette in palettes:
        at = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", palette))
        for ground in ("paper", "wash"):
            assert min(contrast(at[name], at[ground]) for name in ("ink", "muted", "dark", "warm")) >= 4.5
            assert contrast(at["light"], at[ground]) >= 3
        assert contrast(at["ink"], at["band"]) >= 4.5
