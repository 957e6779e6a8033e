-- What lists and recaps ask of every institution, kept by trigger so that neither counts officers one by one:
-- the latest board and how complete the record is. Nothing here depends on today's date.
CREATE TABLE institution_summaries (
  institution_id int PRIMARY KEY,
  kelurahan_id int NOT NULL,
  institution_type_id int NOT NULL,
  board_id int REFERENCES boards,
  -- Last term's end (the day after its last day); 'infinity' for a term that ends with another office.
  term_ends_on date,
  filled int NOT NULL,
  expected int NOT NULL CHECK (expected > 0 AND filled BETWEEN 0 AND expected),
  percent smallint GENERATED ALWAYS AS (filled * 100 / expected) STORED,
  FOREIGN KEY (institution_id, kelurahan_id) REFERENCES institutions (id, kelurahan_id) ON DELETE CASCADE
);
CREATE INDEX institution_summaries_by_kelurahan ON institution_summaries (kelurahan_id, institution_type_id)
  INCLUDE (institution_id, term_ends_on, percent, filled, expected);
CREATE INDEX institution_summaries_by_percent ON institution_summaries (percent, institution_id);
CREATE INDEX institution_summaries_by_term ON institution_summaries (term_ends_on, institution_id);

-- Completeness in words (shown on the page): of the secretariat's address, the phone, the founding date and the
-- decree of the board, every required seat, and the NIK, phone and birth date of every officer: how many are filled.
CREATE FUNCTION refresh_institution_summaries(wanted int[]) RETURNS void LANGUAGE sql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
  INSERT INTO institution_summaries (institution_id, kelurahan_id, institution_type_id, board_id, term_ends_on, filled, expected)
  SELECT i.id, i.kelurahan_id, i.institution_type_id, b.id, CASE WHEN b.id IS NOT NULL THEN COALESCE(b.ends_on, 'infinity') END,
    num_nonnulls(i.address, i.phone, i.founded_on, b.decree_id) + r.held + o.filled,
    4 + r.required + o.expected
  FROM institutions i
  LEFT JOIN LATERAL (
    SELECT id, ends_on, decree_id FROM boards WHERE institution_id = i.id ORDER BY starts_on DESC LIMIT 1
  ) b ON true
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS required,
      count(*) FILTER (WHERE EXISTS (
        SELECT FROM tenures t WHERE t.seat_id = s.id AND t.voided_at IS NULL AND t.ended_on IS NULL))::int AS held
    FROM seats s JOIN position_types p ON p.id = s.position_type_id
    WHERE s.institution_id = i.id AND p.required AND upper_inf(s.life)
  ) r
  CROSS JOIN LATERAL (
    SELECT (3 * count(*))::int AS expected,
      COALESCE(sum(num_nonnulls(q.nik_index, q.phone, q.birth_date)), 0)::int AS filled
    FROM tenures t JOIN people q ON q.id = t.person_id
    WHERE t.institution_id = i.id AND t.voided_at IS NULL AND t.ended_on IS NULL
  ) o
  WHERE i.id = ANY (wanted)
  ON CONFLICT (institution_id) DO UPDATE SET
    kelurahan_id = excluded.kelurahan_id, institution_type_id = excluded.institution_type_id,
    board_id = excluded.board_id, term_ends_on = excluded.term_ends_on,
    filled = excluded.filled, expected = excluded.expected
$$;

CREATE FUNCTION summarize_institutions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM refresh_institution_summaries(ARRAY(SELECT DISTINCT id FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER institutions_inserted AFTER INSERT ON institutions REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_institutions();
CREATE TRIGGER institutions_updated AFTER UPDATE ON institutions REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_institutions();

CREATE FUNCTION summarize_their_institutions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM refresh_institution_summaries(ARRAY(SELECT DISTINCT institution_id FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER boards_inserted AFTER INSERT ON boards REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_their_institutions();
CREATE TRIGGER boards_updated AFTER UPDATE ON boards REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_their_institutions();
CREATE TRIGGER seats_inserted AFTER INSERT ON seats REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_their_institutions();
CREATE TRIGGER seats_updated AFTER UPDATE ON seats REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_their_institutions();
CREATE TRIGGER tenures_inserted AFTER INSERT ON tenures REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_their_institutions();
CREATE TRIGGER tenures_updated AFTER UPDATE ON tenures REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_their_institutions();

CREATE FUNCTION summarize_institutions_of_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM refresh_institution_summaries(ARRAY(
    SELECT DISTINCT t.institution_id FROM changed c JOIN tenures t ON t.person_id = c.id
    WHERE t.voided_at IS NULL AND t.ended_on IS NULL));
  RETURN NULL;
END $$;
CREATE TRIGGER people_updated AFTER UPDATE ON people REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_institutions_of_people();
