-- What a row of a roster costs when thousands come at once: each trigger looks once a statement, and only where it must.
GRANT CREATE ON SCHEMA public TO portal_definer;

DROP TRIGGER tenures_show_person ON tenures;
DROP TRIGGER people_updated ON people;
SET LOCAL ROLE portal_definer;
DROP FUNCTION tenures_show_person(), summarize_institutions_of_people();
-- Their plans are kept, because planning took longer than the work; they read no table whole, however small it was then.
ALTER FUNCTION refresh_institution_summaries(int[]) SET plan_cache_mode = force_generic_plan SET enable_seqscan = off;
ALTER FUNCTION suspect_people(int[]) SET plan_cache_mode = force_generic_plan;
RESET ROLE;

-- People are seen where they hold office.
CREATE FUNCTION show_people_where_they_serve() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  hidden int[] := ARRAY(SELECT c.person_id FROM changed c JOIN people p ON p.id = c.person_id
    WHERE NOT (c.kelurahan_id = ANY (p.kelurahan_ids) AND c.institution_id = ANY (p.institution_ids)));
BEGIN
  IF hidden = '{}' THEN RETURN NULL; END IF;
  UPDATE people p SET
    kelurahan_ids = p.kelurahan_ids || ARRAY(SELECT kelurahan_id FROM changed WHERE person_id = p.id EXCEPT SELECT unnest(p.kelurahan_ids)),
    institution_ids = p.institution_ids || ARRAY(SELECT institution_id FROM changed WHERE person_id = p.id EXCEPT SELECT unnest(p.institution_ids))
  WHERE p.id = ANY (hidden);
  RETURN NULL;
END $$;
CREATE TRIGGER tenures_show_people AFTER INSERT ON tenures REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION show_people_where_they_serve();
ALTER FUNCTION show_people_where_they_serve() OWNER TO portal_definer;

-- Where somebody is seen is nothing that a summary tells.
CREATE FUNCTION summarize_institutions_of_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  seen constant text[] := '{kelurahan_ids,institution_ids}';
  touched int[] := ARRAY(
    SELECT DISTINCT t.institution_id FROM changed n JOIN former o USING (id) JOIN tenures t ON t.person_id = n.id
    WHERE t.voided_at IS NULL AND t.ended_on IS NULL AND to_jsonb(n) - seen <> to_jsonb(o) - seen);
BEGIN
  IF touched <> '{}' THEN PERFORM refresh_institution_summaries(touched); END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER people_updated AFTER UPDATE ON people REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_institutions_of_people();
ALTER FUNCTION summarize_institutions_of_people() OWNER TO portal_definer;

-- The date of three numbers, or null when no calendar has it.
CREATE FUNCTION date_of(year int, month int, day int) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN month BETWEEN 1 AND 12 AND day BETWEEN 1 AND 31
  AND (day <= 28 OR EXTRACT(month FROM make_date(year, month, 1) + day - 1) = month) THEN make_date(year, month, 1) + day - 1 END;
CREATE FUNCTION exchanged_date(born date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_of(EXTRACT(year FROM born)::int, EXTRACT(day FROM born)::int, EXTRACT(month FROM born)::int);

-- The date itself, those of which one of the last two digits of a number differs, and the one with day and month exchanged:
-- about forty, each looked up by itself. Fixes no search path, so that it becomes part of the query around it.
CREATE FUNCTION near_dates(born date) RETURNS TABLE (near date) LANGUAGE sql STABLE AS $$
  SELECT unnest(ARRAY[
    date_of(y / 10 * 10 + digit, m, d), date_of(y / 100 * 100 + 10 * digit + y % 10, m, d),
    date_of(y, m / 10 * 10 + digit, d), date_of(y, 10 * digit + m % 10, d),
    date_of(y, m, d / 10 * 10 + digit), date_of(y, m, 10 * digit + d % 10),
    date_of(y, d, m)])
  FROM generate_series(0, 9) AS g (digit),
    (SELECT EXTRACT(year FROM born)::int, EXTRACT(month FROM born)::int, EXTRACT(day FROM born)::int OFFSET 0) AS b (y, m, d)
$$;
GRANT EXECUTE ON FUNCTION date_of(int, int, int), exchanged_date(date), near_dates(date) TO portal_definer;
CREATE INDEX people_by_birth_date ON people (birth_date) WHERE merged_into IS NULL;

CREATE OR REPLACE FUNCTION people_near(wanted text, born date, places int[]) RETURNS TABLE (person_id int, reason text, likeness real)
LANGUAGE sql STABLE AS $$
  SELECT p.id,
    CASE p.birth_date WHEN born THEN 'same_date' WHEN exchanged_date(born) THEN 'exchanged_date' ELSE 'near_date' END,
    similarity(p.comparable_name, wanted) + CASE WHEN p.birth_date = born THEN 0.3 ELSE 0 END
  FROM people p
  WHERE p.merged_into IS NULL AND p.birth_date = ANY (ARRAY(SELECT near FROM near_dates(born)))
    AND similarity(p.comparable_name, wanted) >= CASE WHEN p.birth_date = born THEN 0.4 ELSE 0.6 END
  UNION ALL
  SELECT p.id, 'unknown_date', 0.9 FROM people p
  WHERE p.merged_into IS NULL AND p.comparable_name = wanted AND p.kelurahan_ids && places
    AND (born IS NULL OR p.birth_date IS NULL)
  ORDER BY 3 DESC, 1 LIMIT 11
$$;
DROP INDEX people_by_birth_year_month, people_by_birth_year_day, people_by_birth_month_day;
DROP FUNCTION birth_year_month(date), birth_year_day(date), birth_month_day(date), one_digit_apart(int, int);
REVOKE CREATE ON SCHEMA public FROM portal_definer;

-- Pairs that were called exchanged when a day was one digit from the other and the number of the month.
DO $$
BEGIN
  SET LOCAL ROLE portal_definer;
  PERFORM suspect_people(ARRAY(SELECT low_id FROM person_suspicions WHERE reason = 'exchanged_date'));
  RESET ROLE;
END $$;
