"""What a text commits to: its commitments, what each lacks, and what is recycled from which earlier text.

Reading order: `clauses` (a text as sentences with their places), `grammar` (who commits to what), `terms` (how much, when,
verified how, on what condition), `days` (which day that is), `reuse` (new or recycled), `audit` (all of it as one result),
`corrections` (a person's word wins), `ofcase` (the documents of a case).
"""
