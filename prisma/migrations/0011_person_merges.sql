-- Two records of one person: suspected, told apart, merged, and separated again within 30 days.
GRANT CREATE ON SCHEMA public TO portal_definer;

-- A name as it is compared: no case, apostrophes or full stops, and one spelling where several are usual. The
-- commonest first name is a letter, so that it does not make two people alike.
CREATE FUNCTION comparable_name(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    replace(replace(replace(translate(lower(name), '''’‘`', ''), 'oe', 'u'), 'dj', 'j'), 'tj', 'c'),
    '[^[:alnum:]]+', ' ', 'g'),
    '\m(m[uo][ck]?h?amm?[ae]d|m[uo][ck]?h|mhd|md)\M', 'm', 'g'),
    '\ma[ck]hmad\M', 'ahmad', 'g'),
    '\mabd\M', 'abdul', 'g'))
$$;
GRANT EXECUTE ON FUNCTION comparable_name(text) TO portal_city, portal_kelurahan, portal_officer, portal_definer;

ALTER TABLE people ADD COLUMN comparable_name text NOT NULL GENERATED ALWAYS AS (comparable_name(name)) STORED;
GRANT SELECT (comparable_name) ON people TO portal_auditor, portal_kecamatan, portal_officer;
CREATE INDEX people_by_comparable_name ON people (comparable_name) WHERE merged_into IS NULL;

-- Two of the three parts of a birth date, as numbers: dates of which one digit differs agree in two parts.
CREATE FUNCTION birth_year_month(born date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN EXTRACT(year FROM born)::int * 100 + EXTRACT(month FROM born)::int;
CREATE FUNCTION birth_year_day(born date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN EXTRACT(year FROM born)::int * 100 + EXTRACT(day FROM born)::int;
CREATE FUNCTION birth_month_day(born date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN EXTRACT(month FROM born)::int * 100 + EXTRACT(day FROM born)::int;
-- Of numbers of two digits, whether at most one digit differs.
CREATE FUNCTION one_digit_apart(one int, other int) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN one / 10 = other / 10 OR one % 10 = other % 10 AND one / 100 = other / 100;
GRANT EXECUTE ON FUNCTION birth_year_month(date), birth_year_day(date), birth_month_day(date), one_digit_apart(int, int)
  TO portal_city, portal_kelurahan, portal_definer;
CREATE INDEX people_by_birth_year_month ON people (birth_year_month(birth_date)) WHERE merged_into IS NULL;
CREATE INDEX people_by_birth_year_day ON people (birth_year_day(birth_date)) WHERE merged_into IS NULL;
CREATE INDEX people_by_birth_month_day ON people (birth_month_day(birth_date)) WHERE merged_into IS NULL;

-- Who may be the person of this name and birth date, the likeliest first: an alike name with the same birth date, a
-- very alike one with a near date (one digit differs, or day and month are exchanged), or the same name in the same
-- kelurahan while one of the dates is not known. Fixes no search path, so that it becomes part of the query around it.
CREATE FUNCTION people_near(wanted text, born date, places int[]) RETURNS TABLE (person_id int, reason text, likeness real)
LANGUAGE sql STABLE AS $$
  SELECT p.id,
    CASE WHEN p.birth_date = born THEN 'same_date'
      WHEN birth_year_day(p.birth_date) = birth_year_month(born) THEN 'exchanged_date' ELSE 'near_date' END,
    similarity(p.comparable_name, wanted) + CASE WHEN p.birth_date = born THEN 0.3 ELSE 0 END
  FROM (
    -- One index each, not one condition with OR: a planner that takes the table for small would read it whole.
    SELECT id, birth_date, comparable_name FROM people WHERE merged_into IS NULL AND birth_year_month(birth_date) = birth_year_month(born)
      AND one_digit_apart(EXTRACT(day FROM birth_date)::int, EXTRACT(day FROM born)::int)
    UNION ALL
    SELECT id, birth_date, comparable_name FROM people WHERE merged_into IS NULL AND birth_year_day(birth_date) = birth_year_day(born)
      AND birth_date <> born AND one_digit_apart(EXTRACT(month FROM birth_date)::int, EXTRACT(month FROM born)::int)
    UNION ALL
    SELECT id, birth_date, comparable_name FROM people WHERE merged_into IS NULL AND birth_month_day(birth_date) = birth_month_day(born)
      AND birth_date <> born AND one_digit_apart(EXTRACT(year FROM birth_date)::int, EXTRACT(year FROM born)::int)
    UNION ALL
    SELECT id, birth_date, comparable_name FROM people WHERE merged_into IS NULL AND birth_year_day(birth_date) = birth_year_month(born)
      AND birth_date <> born AND EXTRACT(month FROM birth_date) = EXTRACT(day FROM born)
  ) p
  WHERE similarity(p.comparable_name, wanted) >= CASE WHEN p.birth_date = born THEN 0.4 ELSE 0.6 END
  UNION ALL
  SELECT p.id, 'unknown_date', 0.9 FROM people p
  WHERE p.merged_into IS NULL AND p.comparable_name = wanted AND p.kelurahan_ids && places
    AND (born IS NULL OR p.birth_date IS NULL)
  ORDER BY 3 DESC, 1 LIMIT 11
$$;
GRANT EXECUTE ON FUNCTION people_near(text, date, int[]) TO portal_definer;

-- What two people have in common, kept by trigger: a list over the whole city would compare everybody with everybody.
CREATE TABLE person_suspicions (
  low_id int NOT NULL REFERENCES people ON DELETE CASCADE,
  high_id int NOT NULL REFERENCES people ON DELETE CASCADE,
  reason text NOT NULL CHECK (reason IN ('same_date', 'exchanged_date', 'near_date', 'unknown_date')),
  -- In hundredths.
  likeness smallint NOT NULL,
  -- Where either is seen.
  kelurahan_ids int[] NOT NULL,
  PRIMARY KEY (low_id, high_id),
  CHECK (low_id < high_id)
);
CREATE INDEX person_suspicions_by_likeness ON person_suspicions (likeness DESC, low_id, high_id);
CREATE INDEX person_suspicions_by_high ON person_suspicions (high_id);

-- What somebody decided about two people; a pair that was told apart is not suspected any more.
CREATE TABLE person_duplicates (
  id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  low_id int NOT NULL REFERENCES people,
  high_id int NOT NULL REFERENCES people,
  verdict text NOT NULL DEFAULT 'different' CHECK (verdict IN ('different')),
  kelurahan_ids int[] NOT NULL DEFAULT '{}',
  decided_by int REFERENCES accounts,
  decided_by_name text NOT NULL,
  decided_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT person_duplicates_one_verdict UNIQUE (low_id, high_id),
  CONSTRAINT person_duplicates_sorted CHECK (low_id < high_id)
);
CREATE INDEX person_duplicates_by_high ON person_duplicates (high_id);

CREATE TABLE person_merges (
  id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  survivor_id int NOT NULL REFERENCES people,
  absorbed_id int NOT NULL REFERENCES people,
  kelurahan_ids int[] NOT NULL,
  merged_by int REFERENCES accounts,
  merged_by_name text NOT NULL,
  merged_at timestamptz NOT NULL DEFAULT now(),
  -- What the survivor was, what was taken from the other, and which rows moved: everything that undoing needs.
  before_image jsonb NOT NULL,
  survivor_nik_sealed bytea,
  survivor_nik_index bytea,
  undone_at timestamptz,
  undone_by int REFERENCES accounts,
  undone_by_name text,
  CHECK (survivor_id <> absorbed_id),
  CHECK (num_nulls(undone_at, undone_by_name) IN (0, 2))
);
CREATE UNIQUE INDEX person_merges_one_at_a_time ON person_merges (absorbed_id) WHERE undone_at IS NULL;
CREATE INDEX person_merges_by_survivor ON person_merges (survivor_id);
CREATE INDEX person_merges_by_day ON person_merges (merged_at DESC);

-- The person whom a proposal means by the details it holds; found by the maker among the matches.
ALTER TABLE roster_change_lines ADD COLUMN candidate_person_id int REFERENCES people;
ALTER TABLE roster_change_lines ADD CONSTRAINT roster_change_lines_candidate_person
  CHECK (candidate_person_id IS NULL OR candidate IS NOT NULL);
CREATE INDEX roster_change_lines_incoming ON roster_change_lines (incoming_person_id) WHERE incoming_person_id IS NOT NULL;
CREATE INDEX roster_change_lines_candidate ON roster_change_lines (candidate_person_id) WHERE candidate_person_id IS NOT NULL;

CREATE FUNCTION suspect_people(changed int[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM person_suspicions WHERE low_id = ANY (changed);
  DELETE FROM person_suspicions WHERE high_id = ANY (changed);
  -- While a table fills, the planner takes it for small and would read it whole for every new person.
  PERFORM set_config('enable_seqscan', 'off', true);
  INSERT INTO person_suspicions (low_id, high_id, reason, likeness, kelurahan_ids)
  SELECT DISTINCT ON (1, 2) LEAST(c.id, o.id), GREATEST(c.id, o.id), n.reason, (100 * n.likeness)::smallint,
    ARRAY(SELECT DISTINCT unnest(c.kelurahan_ids || o.kelurahan_ids))
  FROM people c
  CROSS JOIN LATERAL people_near(c.comparable_name, c.birth_date, c.kelurahan_ids) n
  JOIN people o ON o.id = n.person_id
  WHERE c.id = ANY (changed) AND c.merged_into IS NULL AND o.id <> c.id
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING;
  PERFORM set_config('enable_seqscan', 'on', true);
END $$;

CREATE FUNCTION suspect_new_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM suspect_people(ARRAY(SELECT id FROM changed));
  RETURN NULL;
END $$;
CREATE TRIGGER people_inserted_suspects AFTER INSERT ON people REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION suspect_new_people();

CREATE FUNCTION suspect_changed_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  other int[] := ARRAY(SELECT n.id FROM changed n JOIN former o USING (id)
    WHERE (n.comparable_name, n.birth_date, n.merged_into, n.kelurahan_ids)
      IS DISTINCT FROM (o.comparable_name, o.birth_date, o.merged_into, o.kelurahan_ids));
BEGIN
  IF other = '{}' THEN RETURN NULL; END IF;
  PERFORM suspect_people(other);
  UPDATE person_duplicates d SET kelurahan_ids = ARRAY(SELECT DISTINCT unnest(l.kelurahan_ids || h.kelurahan_ids))
  FROM people l, people h
  WHERE (d.low_id = ANY (other) OR d.high_id = ANY (other)) AND l.id = d.low_id AND h.id = d.high_id
    AND NOT (d.kelurahan_ids @> l.kelurahan_ids AND d.kelurahan_ids @> h.kelurahan_ids);
  RETURN NULL;
END $$;
CREATE TRIGGER people_updated_suspects AFTER UPDATE ON people REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION suspect_changed_people();

-- A verdict is seen where either of the two is, whoever writes it.
CREATE FUNCTION place_person_duplicate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  NEW.kelurahan_ids := ARRAY(SELECT DISTINCT unnest(kelurahan_ids) FROM people WHERE id IN (NEW.low_id, NEW.high_id));
  RETURN NEW;
END $$;
CREATE TRIGGER person_duplicates_place BEFORE INSERT ON person_duplicates FOR EACH ROW EXECUTE FUNCTION place_person_duplicate();

-- The matches of a person who is being entered, in the whole city, whoever asks; public facts only. What a birth date
-- says is told only of people whom the actor's own kelurahan sees. A NIK (blind index in hexadecimal) matches exactly.
CREATE FUNCTION people_like(wanted_name text, born date, nik text, places int[]) RETURNS TABLE (
  person_id int, front_title text, name text, back_title text, reason text, other_nik boolean
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.person_id, p.front_title, p.name::text, p.back_title,
    CASE WHEN f.reason = 'same_nik' OR p.kelurahan_ids && places THEN f.reason ELSE 'elsewhere' END,
    nik IS NOT NULL AND p.nik_index IS NOT NULL AND p.nik_index <> decode(nik, 'hex')
  FROM (
    SELECT DISTINCT ON (all_found.person_id) all_found.* FROM (
      SELECT id AS person_id, 'same_nik' AS reason, 9::real AS likeness FROM people
      WHERE nik_index = decode(nik, 'hex') AND merged_into IS NULL
      UNION ALL SELECT * FROM people_near(comparable_name(wanted_name), born, places)
    ) all_found ORDER BY all_found.person_id, all_found.likeness DESC
  ) f JOIN people p ON p.id = f.person_id
  ORDER BY f.likeness DESC, f.person_id LIMIT 6
$$;

-- The names of people anywhere in the city, as the public pages show them.
CREATE FUNCTION names_of_people(wanted int[]) RETURNS TABLE (person_id int, front_title text, name text, back_title text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id, front_title, name::text, back_title FROM people WHERE id = ANY (wanted)
$$;

-- Offices of two people that one person could not hold (constraints tenures_* on the same columns); public facts only.
CREATE FUNCTION conflicts_of_merge(one int, other int) RETURNS TABLE (rule text, tenure_id int, other_tenure_id int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN a.institution_id = b.institution_id AND a.lane = 'definitive' AND b.lane = 'definitive'
      THEN 'one_seat' ELSE 'concurrent' END, a.id, b.id
  FROM tenures a JOIN tenures b ON b.person_id = other AND b.voided_at IS NULL AND b.valid && a.valid
    AND (a.institution_id = b.institution_id AND a.lane = 'definitive' AND b.lane = 'definitive'
      OR a.exclusivity_group = b.exclusivity_group AND a.exclusivity_group <> 'none')
  WHERE a.person_id = one AND a.voided_at IS NULL
  UNION ALL
  SELECT 'term_limit', max(id) FILTER (WHERE person_id = one), max(id) FILTER (WHERE person_id = other)
  FROM tenures WHERE person_id IN (one, other) AND voided_at IS NULL AND counts
  GROUP BY position_type_id HAVING count(*) > min(max_terms) AND count(DISTINCT person_id) = 2
$$;

CREATE FUNCTION actor_sees(places int[]) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT current_setting('role', true) = 'portal_city' OR current_setting('role', true) = 'portal_kelurahan'
    AND places && string_to_array(NULLIF(current_setting('app.kelurahan_ids', true), ''), ',')::int[]
$$;

CREATE FUNCTION write_person(person int, fields jsonb) RETURNS void LANGUAGE sql SET search_path = public, pg_temp AS $$
  UPDATE people p SET front_title = n.front_title, name = n.name, back_title = n.back_title, sex = n.sex,
    birth_place = n.birth_place, birth_date = n.birth_date, address = n.address, rt_number = n.rt_number,
    rw_number = n.rw_number, kelurahan_id = n.kelurahan_id, phone = n.phone, education_level = n.education_level,
    occupation = n.occupation, version = p.version + 1, updated_at = now()
  FROM (SELECT (jsonb_populate_record(q, fields)).* FROM people q WHERE q.id = person) n WHERE p.id = person
$$;

-- Makes one person of two, in one transaction: the survivor takes the named fields and everything that points at the
-- other. Only here, as portal_definer and under a mark that lasts for the transaction, does a tenure change its person;
-- the constraints on tenures look at every row that moves, so a merge cannot hide a conflict.
CREATE FUNCTION merge_people(survivor int, absorbed int, versions int[], taken text[], sealed bytea, blind bytea, by_name text)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  kept people%ROWTYPE;
  gone people%ROWTYPE;
  columns text[] := array_remove(taken, 'nik');
  shared int[];
  image jsonb;
  moved jsonb := '[]';
  reference record;
  ids int[];
  merge_id int;
BEGIN
  PERFORM FROM people WHERE id IN (survivor, absorbed) ORDER BY id FOR UPDATE;
  SELECT * INTO kept FROM people WHERE id = survivor;
  SELECT * INTO gone FROM people WHERE id = absorbed;
  IF kept.id IS NULL OR gone.id IS NULL OR (actor_sees(kept.kelurahan_ids) AND actor_sees(gone.kelurahan_ids)) IS NOT TRUE THEN
    RAISE EXCEPTION 'merge_people: not both in scope' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF kept.merged_into IS NOT NULL OR gone.merged_into IS NOT NULL OR ARRAY[kept.version, gone.version] <> versions THEN
    RAISE EXCEPTION 'person_merges_current: somebody changed one of them' USING ERRCODE = 'check_violation', CONSTRAINT = 'person_merges_current';
  END IF;
  IF EXISTS (SELECT FROM person_duplicates WHERE low_id = LEAST(survivor, absorbed) AND high_id = GREATEST(survivor, absorbed)) THEN
    RAISE EXCEPTION 'person_merges_told_apart: they were told apart' USING ERRCODE = 'check_violation', CONSTRAINT = 'person_merges_told_apart';
  END IF;
  IF NOT columns <@ ARRAY['front_title', 'name', 'back_title', 'sex', 'birth_place', 'birth_date', 'address', 'rt_number',
      'rw_number', 'kelurahan_id', 'phone', 'education_level', 'occupation']
    OR ('nik' = ANY (taken) AND blind IS DISTINCT FROM gone.nik_index) THEN
    RAISE EXCEPTION 'person_merges_fields: no such choice' USING ERRCODE = 'check_violation', CONSTRAINT = 'person_merges_fields';
  END IF;
  PERFORM set_config('app.person_merge', 'on', true);

  -- Where both served terms that count, they are numbered anew in order of time.
  shared := ARRAY(SELECT position_type_id FROM tenures WHERE person_id IN (survivor, absorbed) AND counts AND voided_at IS NULL
    GROUP BY position_type_id HAVING count(DISTINCT person_id) = 2);
  SELECT jsonb_build_object('tenures', COALESCE(jsonb_agg(jsonb_build_object('id', id, 'person_id', person_id, 'counts', counts, 'term_number', term_number)), '[]'))
    INTO image FROM tenures
    WHERE person_id = absorbed OR (person_id = survivor AND counts AND voided_at IS NULL AND position_type_id = ANY (shared));
  ids := ARRAY(SELECT id FROM tenures WHERE person_id IN (survivor, absorbed) AND counts AND voided_at IS NULL AND position_type_id = ANY (shared));
  UPDATE tenures SET counts = false, term_number = NULL WHERE id = ANY (ids);
  UPDATE tenures SET person_id = survivor WHERE person_id = absorbed;
  UPDATE tenures t SET counts = true, term_number = n.number
  FROM (SELECT id, row_number() OVER (PARTITION BY position_type_id ORDER BY start_on, id) AS number FROM tenures WHERE id = ANY (ids)) n
  WHERE t.id = n.id;

  FOR reference IN
    SELECT c.conrelid::regclass AS name, a.attname AS field FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'people'::regclass
      AND c.conrelid NOT IN ('people'::regclass, 'tenures'::regclass, 'person_merges'::regclass, 'person_duplicates'::regclass, 'person_suspicions'::regclass)
    ORDER BY 1::text, 2
  LOOP
    EXECUTE format('WITH moved AS (UPDATE %s SET %I = $1 WHERE %I = $2 RETURNING id) SELECT array_agg(id) FROM moved',
      reference.name, reference.field, reference.field) INTO ids USING survivor, absorbed;
    IF ids IS NOT NULL THEN
      moved := moved || jsonb_build_object('table', reference.name::text, 'field', reference.field, 'ids', ids);
    END IF;
  END LOOP;
  INSERT INTO person_duplicates (low_id, high_id, decided_by, decided_by_name, decided_at)
  SELECT LEAST(other, survivor), GREATEST(other, survivor), decided_by, decided_by_name, decided_at
  FROM (SELECT d.*, CASE WHEN low_id = absorbed THEN high_id ELSE low_id END AS other FROM person_duplicates d
        WHERE absorbed IN (low_id, high_id)) d
  ON CONFLICT DO NOTHING;

  image := image || jsonb_build_object('references', moved, 'taken', taken,
    'before', (SELECT COALESCE(jsonb_object_agg(field, to_jsonb(kept) -> field), '{}') FROM unnest(columns) field),
    'after', (SELECT COALESCE(jsonb_object_agg(field, to_jsonb(gone) -> field), '{}') FROM unnest(columns) field),
    'kelurahan_ids', kept.kelurahan_ids, 'institution_ids', kept.institution_ids);
  INSERT INTO person_merges (survivor_id, absorbed_id, kelurahan_ids, merged_by, merged_by_name, before_image, survivor_nik_sealed, survivor_nik_index)
  VALUES (survivor, absorbed, ARRAY(SELECT DISTINCT unnest(kept.kelurahan_ids || gone.kelurahan_ids)),
    NULLIF(current_setting('app.account_id', true), '')::int, by_name, image, kept.nik_sealed, kept.nik_index)
  RETURNING id INTO merge_id;

  UPDATE people SET merged_into = survivor, version = version + 1, updated_at = now() WHERE id = absorbed;
  PERFORM write_person(survivor, image -> 'after');
  UPDATE people SET
    nik_sealed = CASE WHEN 'nik' = ANY (taken) THEN sealed ELSE nik_sealed END,
    nik_index = CASE WHEN 'nik' = ANY (taken) THEN blind ELSE nik_index END,
    kelurahan_ids = ARRAY(SELECT DISTINCT unnest(kept.kelurahan_ids || gone.kelurahan_ids)),
    institution_ids = ARRAY(SELECT DISTINCT unnest(kept.institution_ids || gone.institution_ids))
  WHERE id = survivor;
  PERFORM set_config('app.person_merge', '', true);
  RETURN merge_id;
END $$;

-- Why the merge of a person can no longer be undone; no row when it can.
CREATE FUNCTION obstacles_to_separation(absorbed int) RETURNS TABLE (obstacle text, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH merge AS (
    SELECT m.*, to_jsonb(p) AS now, p.merged_into AS survivor_merged_into, p.nik_index AS nik_now, a.nik_index AS nik_taken
    FROM person_merges m JOIN people p ON p.id = m.survivor_id JOIN people a ON a.id = m.absorbed_id
    WHERE m.absorbed_id = absorbed AND m.undone_at IS NULL
  )
  SELECT 'too_late', NULL::text FROM merge WHERE merged_at < now() - interval '30 days'
  UNION ALL SELECT 'merged_again', NULL FROM merge WHERE survivor_merged_into IS NOT NULL
  UNION ALL SELECT 'field', f.key FROM merge, jsonb_each(before_image -> 'after') f
    WHERE now -> f.key <> f.value
  UNION ALL SELECT 'field', 'nik' FROM merge WHERE nik_now IS DISTINCT FROM
    CASE WHEN before_image -> 'taken' ? 'nik' THEN nik_taken ELSE survivor_nik_index END
  -- A NIK that the merge left with the merged record may have been given to somebody else since.
  UNION ALL SELECT 'nik_given', NULL FROM merge JOIN people p ON p.nik_index = nik_taken AND p.merged_into IS NULL AND p.id <> merge.survivor_id
  UNION ALL SELECT DISTINCT 'new_term', i.name::text FROM merge
    JOIN tenures t ON t.person_id = survivor_id AND t.counts AND t.voided_at IS NULL
    JOIN institutions i ON i.id = t.institution_id
    WHERE t.id NOT IN (SELECT (b ->> 'id')::int FROM jsonb_array_elements(before_image -> 'tenures') b)
      AND t.position_type_id IN (SELECT o.position_type_id FROM jsonb_array_elements(before_image -> 'tenures') b
        JOIN tenures o ON o.id = (b ->> 'id')::int WHERE (b ->> 'counts')::boolean)
$$;

-- Takes a merge back: every row that moved returns, and both people are what they were.
CREATE FUNCTION separate_people(absorbed int, by_name text) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  merge person_merges%ROWTYPE;
  reference jsonb;
  tenure jsonb;
  ids int[];
BEGIN
  SELECT * INTO merge FROM person_merges WHERE absorbed_id = absorbed AND undone_at IS NULL FOR UPDATE;
  PERFORM FROM people WHERE id IN (merge.survivor_id, absorbed) ORDER BY id FOR UPDATE;
  IF EXISTS (SELECT FROM people WHERE id IN (merge.survivor_id, absorbed) AND actor_sees(kelurahan_ids) IS NOT TRUE) THEN
    RAISE EXCEPTION 'separate_people: not in scope' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF merge.id IS NULL OR EXISTS (SELECT FROM obstacles_to_separation(absorbed)) THEN
    RAISE EXCEPTION 'person_merges_can_be_undone: something changed since' USING ERRCODE = 'check_violation', CONSTRAINT = 'person_merges_can_be_undone';
  END IF;
  PERFORM set_config('app.person_merge', 'on', true);

  ids := ARRAY(SELECT (b ->> 'id')::int FROM jsonb_array_elements(merge.before_image -> 'tenures') b);
  UPDATE tenures SET counts = false, term_number = NULL WHERE id = ANY (ids) AND counts;
  UPDATE tenures t SET person_id = b.person_id, counts = b.counts, term_number = b.term_number
  FROM jsonb_to_recordset(merge.before_image -> 'tenures') AS b (id int, person_id int, counts boolean, term_number smallint)
  WHERE t.id = b.id;
  FOR reference IN SELECT * FROM jsonb_array_elements(merge.before_image -> 'references') LOOP
    EXECUTE format('UPDATE %s SET %I = $1 WHERE %I = $2 AND id = ANY ($3)', (reference ->> 'table')::regclass,
      reference ->> 'field', reference ->> 'field')
      USING absorbed, merge.survivor_id, ARRAY(SELECT jsonb_array_elements_text(reference -> 'ids')::int);
  END LOOP;

  PERFORM write_person(merge.survivor_id, merge.before_image -> 'before');
  -- Offices that the survivor took up since stay with them, and so does where they are seen.
  UPDATE people p SET nik_sealed = merge.survivor_nik_sealed, nik_index = merge.survivor_nik_index,
    kelurahan_ids = ARRAY(SELECT jsonb_array_elements_text(merge.before_image -> 'kelurahan_ids')::int
      UNION SELECT kelurahan_id FROM tenures WHERE person_id = p.id),
    institution_ids = ARRAY(SELECT jsonb_array_elements_text(merge.before_image -> 'institution_ids')::int
      UNION SELECT institution_id FROM tenures WHERE person_id = p.id)
  WHERE p.id = merge.survivor_id;
  UPDATE people SET merged_into = NULL, version = version + 1, updated_at = now() WHERE id = absorbed;
  UPDATE person_merges SET undone_at = now(), undone_by = NULLIF(current_setting('app.account_id', true), '')::int, undone_by_name = by_name
  WHERE id = merge.id;
  PERFORM set_config('app.person_merge', '', true);
  RETURN merge.survivor_id;
END $$;

-- The one act that may give a tenure to another person; whoever else sets the mark is not portal_definer.
DROP TRIGGER tenures_keep_identity ON tenures;
CREATE TRIGGER tenures_keep_identity BEFORE UPDATE ON tenures FOR EACH ROW
  WHEN (NOT (current_user = 'portal_definer' AND current_setting('app.person_merge', true) IS NOT DISTINCT FROM 'on'))
  EXECUTE FUNCTION tenures_keep_identity();

CREATE FUNCTION people_keep_merged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'people_keep_merged: people are merged by merge_people and stay as they are until they are separated'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'people_keep_merged';
END $$;
CREATE TRIGGER people_keep_merged BEFORE UPDATE ON people FOR EACH ROW
  WHEN ((OLD.merged_into IS NOT NULL OR NEW.merged_into IS NOT NULL)
    AND NOT (current_user = 'portal_definer' AND current_setting('app.person_merge', true) IS NOT DISTINCT FROM 'on'))
  EXECUTE FUNCTION people_keep_merged();

-- Waits for a merge of the person that is under way, and then finds them gone.
CREATE FUNCTION tenures_of_active_people() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM people WHERE id = NEW.person_id AND merged_into IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'tenures_of_active_people: this person was merged into another'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'tenures_of_active_people';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER tenures_of_active_people BEFORE INSERT ON tenures FOR EACH ROW EXECUTE FUNCTION tenures_of_active_people();

-- Seen where one of the two is; the images and sealed NIK are for nobody.
DO $$
DECLARE
  in_kelurahan constant text := 'kelurahan_ids && (SELECT string_to_array(NULLIF(current_setting(''app.kelurahan_ids'', true), ''''), '',''))::int[]';
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['person_suspicions', 'person_duplicates', 'person_merges'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY definer ON %I TO portal_definer USING (true)', t);
    EXECUTE format('CREATE POLICY city ON %I TO portal_city USING (true)', t);
    EXECUTE format('CREATE POLICY kecamatan ON %I FOR SELECT TO portal_kecamatan USING (%s)', t, in_kelurahan);
    EXECUTE format('CREATE POLICY kelurahan ON %I TO portal_kelurahan USING (%s)', t, in_kelurahan);
  END LOOP;
END $$;
GRANT SELECT ON person_suspicions, person_duplicates TO portal_city, portal_kecamatan, portal_kelurahan, portal_definer;
GRANT INSERT, DELETE ON person_suspicions TO portal_definer;
GRANT INSERT, DELETE ON person_duplicates TO portal_city, portal_kelurahan;
GRANT INSERT, UPDATE ON person_duplicates TO portal_definer;
GRANT SELECT (id, survivor_id, absorbed_id, kelurahan_ids, merged_by, merged_by_name, merged_at, undone_at, undone_by, undone_by_name)
  ON person_merges TO portal_city, portal_kecamatan, portal_kelurahan;
GRANT SELECT, INSERT, UPDATE ON person_merges TO portal_definer;
GRANT UPDATE ON people TO portal_definer;
GRANT UPDATE (person_id, counts, term_number) ON tenures TO portal_definer;
GRANT UPDATE (incoming_person_id, candidate_person_id) ON roster_change_lines TO portal_definer;

CREATE TRIGGER person_duplicates_audit AFTER INSERT OR UPDATE OR DELETE ON person_duplicates
  FOR EACH ROW EXECUTE FUNCTION audit.capture();
CREATE TRIGGER person_merges_audit AFTER INSERT OR UPDATE OR DELETE ON person_merges
  FOR EACH ROW EXECUTE FUNCTION audit.capture('before_image', 'survivor_nik_sealed', 'survivor_nik_index');

GRANT EXECUTE ON FUNCTION actor_sees(int[]), write_person(int, jsonb) TO portal_definer;
GRANT EXECUTE ON FUNCTION people_like(text, date, text, int[]) TO portal_city, portal_kelurahan, portal_officer;
GRANT EXECUTE ON FUNCTION names_of_people(int[]) TO portal_city, portal_kecamatan, portal_kelurahan, portal_officer;
GRANT EXECUTE ON FUNCTION conflicts_of_merge(int, int), obstacles_to_separation(int),
  merge_people(int, int, int[], text[], bytea, bytea, text), separate_people(int, text) TO portal_city, portal_kelurahan;
ALTER FUNCTION suspect_people(int[]) OWNER TO portal_definer;
ALTER FUNCTION suspect_new_people() OWNER TO portal_definer;
ALTER FUNCTION suspect_changed_people() OWNER TO portal_definer;
ALTER FUNCTION place_person_duplicate() OWNER TO portal_definer;
ALTER FUNCTION people_like(text, date, text, int[]) OWNER TO portal_definer;
ALTER FUNCTION names_of_people(int[]) OWNER TO portal_definer;
ALTER FUNCTION conflicts_of_merge(int, int) OWNER TO portal_definer;
ALTER FUNCTION merge_people(int, int, int[], text[], bytea, bytea, text) OWNER TO portal_definer;
ALTER FUNCTION obstacles_to_separation(int) OWNER TO portal_definer;
ALTER FUNCTION separate_people(int, text) OWNER TO portal_definer;
ALTER FUNCTION tenures_of_active_people() OWNER TO portal_definer;
SET LOCAL ROLE portal_definer;
GRANT EXECUTE ON FUNCTION offices_of_people(int[]) TO portal_kecamatan;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
