-- Which positions a type wants filled is edited with its rule, and shown beforehand like any other: rule_breaks takes the
-- positions as somebody means to set them. It tells an empty seat from one whose term is over, and of two offices at
-- once says "warn" where the other type lets it pass: there the database holds nothing (tenures_no_concurrent_office
-- needs both).
GRANT CREATE ON SCHEMA public TO portal_definer;
SET LOCAL ROLE portal_definer;
DROP FUNCTION rule_breaks(jsonb, date, int[]);
CREATE FUNCTION rule_breaks(wanted jsonb, day date, within int[]) RETURNS TABLE (
  rule_id int, institution_id int, seat_id int, tenure_id int, number int, other text, severity text
) LANGUAGE sql STABLE SECURITY DEFINER ROWS 500 SET search_path = public, pg_temp SET enable_nestloop = off AS $$
  WITH rule AS MATERIALIZED (
    SELECT r.*, e.value -> 'required_position_ids' AS required_position_ids
    FROM jsonb_array_elements(wanted) e CROSS JOIN LATERAL jsonb_populate_record(NULL::institution_rules, e.value) r
    WHERE r.severity <> 'off'
  ), held AS MATERIALIZED (
    SELECT t.id, t.kelurahan_id, t.institution_id, t.institution_type_id, t.position_type_id, t.seat_id, t.person_id,
      t.board_id, t.start_on, t.planned_end_on, t.kind, t.lane, t.appointing_decree_id
    FROM tenures t JOIN institutions i ON i.id = t.institution_id
    WHERE t.institution_type_id = ANY (ARRAY(SELECT institution_type_id FROM rule)) AND t.voided_at IS NULL
      AND t.start_on <= day AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > day
      AND i.status NOT IN ('dissolved', 'merged') AND (within IS NULL OR t.kelurahan_id = ANY (within))
  ), bound AS NOT MATERIALIZED (
    SELECT h.*, r.id AS rule_id, r.kind AS rule_kind, r.severity, r.value, r.counted_from, r.counts_acting
    FROM held h JOIN rule r ON r.institution_type_id = h.institution_type_id AND r.holds_from <= h.start_on
  ), elsewhere AS (
    SELECT h.id, h.rule_id, h.rule_kind, h.severity = 'block' AND h.rule_kind = 'concurrent_office' AND c.severity <> 'block' AS is_let_pass,
      concat(COALESCE(s.label, p.name), ' di ', i.name, ', Kelurahan ', k.name) AS other
    FROM bound h
    JOIN tenures o ON o.person_id = h.person_id AND o.person_id = ANY (ARRAY(SELECT person_id FROM held))
      AND o.voided_at IS NULL AND o.start_on <= day AND COALESCE(o.ended_on, o.planned_end_on, 'infinity') > day
      -- Of two offices the one that began later is the one too many.
      AND (o.start_on, o.id) < (h.start_on, h.id)
    JOIN institutions i ON i.id = o.institution_id AND i.status NOT IN ('dissolved', 'merged')
    JOIN kelurahan k ON k.id = o.kelurahan_id
    JOIN seats s ON s.id = o.seat_id
    JOIN position_types p ON p.id = o.position_type_id
    LEFT JOIN institution_rules c ON c.institution_type_id = o.institution_type_id AND c.kind = 'concurrent_office'
    WHERE h.rule_kind IN ('concurrent_office', 'one_field') AND CASE h.rule_kind
      WHEN 'concurrent_office' THEN o.institution_id <> h.institution_id AND h.lane = 'definitive' AND o.lane = 'definitive'
        AND (c.severity <> 'off' OR c.institution_type_id = h.institution_type_id)
      WHEN 'one_field' THEN o.institution_type_id = h.institution_type_id
        AND service_field(s.label) <> (SELECT service_field(label) FROM seats WHERE id = h.seat_id)
      END
  )
  SELECT h.rule_id, h.institution_id, h.seat_id, h.id, NULL::int, e.others, CASE WHEN e.is_let_pass THEN 'warn' ELSE h.severity END
  FROM bound h JOIN (SELECT id, rule_id, string_agg(other, '; ') AS others, bool_and(is_let_pass) AS is_let_pass
    FROM elsewhere GROUP BY id, rule_id) e USING (id, rule_id)
  UNION ALL
  SELECT h.rule_id, h.institution_id, h.seat_id, h.id, NULL, NULL, h.severity
  FROM bound h LEFT JOIN boards b ON b.id = h.board_id
  WHERE h.rule_kind = 'term_years'
    AND h.planned_end_on > COALESCE(b.starts_on, h.start_on) + make_interval(years => h.value::int)
  UNION ALL
  SELECT h.rule_id, h.institution_id, h.seat_id, h.id, count(*)::int, NULL, h.severity
  FROM bound h JOIN tenures o ON o.person_id = h.person_id AND o.position_type_id = h.position_type_id
    AND o.person_id = ANY (ARRAY(SELECT person_id FROM held))
    AND o.voided_at IS NULL AND o.start_on <= h.start_on AND o.start_on >= COALESCE(h.counted_from, '-infinity')
    AND (o.kind = 'definitive' OR (h.counts_acting AND o.kind IN ('acting', 'caretaker')))
  WHERE h.rule_kind = 'term_limit' AND (h.kind = 'definitive' OR (h.counts_acting AND h.kind IN ('acting', 'caretaker')))
  GROUP BY h.rule_id, h.institution_id, h.seat_id, h.id, h.value, h.severity HAVING count(*) > h.value
  UNION ALL
  SELECT h.rule_id, h.institution_id, h.seat_id, h.id, NULL, NULL, h.severity
  FROM bound h JOIN people p ON p.id = h.person_id AND p.id = ANY (ARRAY(SELECT person_id FROM held))
  WHERE h.rule_kind IN ('minimum_age', 'maximum_age') AND CASE h.rule_kind
    WHEN 'minimum_age' THEN extract(year FROM age(h.start_on::timestamp, p.birth_date::timestamp)) < h.value
    WHEN 'maximum_age' THEN extract(year FROM age(h.start_on::timestamp, p.birth_date::timestamp)) > h.value END
  UNION ALL
  SELECT h.rule_id, h.institution_id, h.seat_id, h.id, NULL, e.label, h.severity
  FROM bound h JOIN people p ON p.id = h.person_id AND p.id = ANY (ARRAY(SELECT person_id FROM held)) JOIN education_levels e ON e.code = p.education_level
  WHERE h.rule_kind = 'education' AND e.rank < h.value
  UNION ALL
  -- The lurah whose decree made them chair is lurah no more.
  SELECT h.rule_id, h.institution_id, h.seat_id, h.id, NULL, d.signatory_name, h.severity
  FROM bound h JOIN position_types p ON p.id = h.position_type_id AND p.is_chair
  JOIN decrees d ON d.id = h.appointing_decree_id
  JOIN kelurahan k ON k.id = h.kelurahan_id AND k.head_name <> d.signatory_name
  WHERE h.rule_kind = 'ex_officio_chair'
  UNION ALL
  -- Empty, or its last officer's term is over and nobody followed: then that tenure is named.
  SELECT r.id, i.id, s.id, (SELECT t.id FROM tenures t WHERE t.seat_id = s.id AND t.voided_at IS NULL AND t.ended_on IS NULL
      AND t.planned_end_on <= day ORDER BY t.start_on DESC, t.id DESC LIMIT 1), NULL, NULL, r.severity
  FROM rule r JOIN institutions i ON i.institution_type_id = r.institution_type_id AND i.status = 'active'
    AND (within IS NULL OR i.kelurahan_id = ANY (within))
  JOIN seats s ON s.institution_id = i.id AND s.life @> day
  JOIN position_types p ON p.id = s.position_type_id AND CASE WHEN r.required_position_ids IS NULL THEN p.required
    ELSE r.required_position_ids @> to_jsonb(p.id) END
  WHERE r.kind = 'required_positions' AND r.holds_from <= day AND NOT EXISTS (
    SELECT FROM tenures t WHERE t.seat_id = s.id AND (within IS NULL OR t.kelurahan_id = ANY (within))
      AND t.voided_at IS NULL AND t.start_on <= day
      AND COALESCE(t.ended_on, t.planned_end_on, 'infinity') > day)
$$;
REVOKE ALL ON FUNCTION rule_breaks(jsonb, date, int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rule_breaks(jsonb, date, int[]) TO portal_city, portal_auditor, portal_kecamatan, portal_kelurahan;
RESET ROLE;

-- The score of an institution counts the required seats.
CREATE FUNCTION summarize_institutions_of_positions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM refresh_institution_summaries(ARRAY(
    SELECT i.id FROM institutions i WHERE i.institution_type_id IN (
      SELECT n.institution_type_id FROM changed n JOIN former o USING (id) WHERE n.required <> o.required)));
  RETURN NULL;
END $$;
CREATE TRIGGER position_types_updated AFTER UPDATE ON position_types REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION summarize_institutions_of_positions();
ALTER FUNCTION summarize_institutions_of_positions() OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
