"""What a text commits to: its commitments, what each lacks, and what is recycled from which earlier text.

Reading order: `clauses` (a text as sentences with their places), `grammar` (who commits to what), `terms` (how much, when,
verified how, on what condition), `reuse` (new or recycled), `audit` (all of it as one result), `documents` (those of a case, with
what a person corrects).
"""
