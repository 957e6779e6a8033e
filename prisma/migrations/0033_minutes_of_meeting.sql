-- The minutes of the meeting or the election that a proposal follows: what a decree notes (domain.md, section 5.3).
ALTER TABLE roster_changes
  ADD minutes_number text CHECK (length(minutes_number) BETWEEN 1 AND 80),
  ADD minutes_on date;
