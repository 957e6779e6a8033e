-- The institution that an import registered with a row, so that withdrawing the import takes it back too.
ALTER TABLE import_rows
  ADD COLUMN institution_id int,
  ADD FOREIGN KEY (institution_id, kelurahan_id) REFERENCES institutions (id, kelurahan_id);
CREATE INDEX import_rows_by_institution ON import_rows (institution_id) WHERE institution_id IS NOT NULL;

GRANT CREATE ON SCHEMA public TO portal_definer;

-- Institutions that an import registered and that somebody has used since, each at its first row, with what was done.
CREATE FUNCTION import_institution_blockers(wanted int) RETURNS TABLE (row_id int, institution_id int, reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH made AS (
    SELECT min(r.id) AS row_id, r.institution_id FROM import_rows r
    WHERE r.batch_id = wanted AND r.institution_id IS NOT NULL AND import_is_ours(wanted) GROUP BY r.institution_id
  ), own AS (
    SELECT tenure_id FROM import_rows WHERE batch_id = wanted AND tenure_id IS NOT NULL
  ), awaited AS (
    SELECT DISTINCT (r.details->'plan'->>'institutionId')::int AS id
    FROM import_batches b JOIN import_rows r ON r.batch_id = b.id AND r.result = 'waiting'
    WHERE b.kelurahan_id = (SELECT kelurahan_id FROM import_batches WHERE id = wanted) AND b.id <> wanted AND b.status = 'applied'
  )
  SELECT m.row_id, m.institution_id, u.reason
  FROM made m JOIN institutions i ON i.id = m.institution_id
  JOIN LATERAL (
    SELECT 'edited' AS reason WHERE i.version > 1 OR i.status <> 'active'
    UNION ALL SELECT 'officers' FROM tenures t WHERE t.institution_id = i.id AND t.id NOT IN (SELECT tenure_id FROM own)
    UNION ALL SELECT 'proposals' FROM roster_changes c WHERE c.institution_id = i.id
    UNION ALL SELECT 'seats' FROM seats s JOIN position_types p ON p.id = s.position_type_id
      WHERE s.institution_id = i.id AND (s.label IS NOT NULL OR s.number > COALESCE(p.seats, 0))
        AND NOT EXISTS (SELECT FROM tenures t WHERE t.seat_id = s.id)
    UNION ALL SELECT 'parts' FROM institutions c
      WHERE c.parent_id = i.id AND c.id NOT IN (SELECT o.institution_id FROM made o)
    UNION ALL SELECT 'imports' FROM awaited w WHERE w.id = i.id
    UNION ALL SELECT 'imports' FROM import_batches b WHERE b.institution_id = i.id AND b.status <> 'withdrawn'
    UNION ALL SELECT 'attestations' FROM attestations a WHERE a.institution_id = i.id
    UNION ALL SELECT 'duties' FROM duties d WHERE d.institution_id = i.id
    UNION ALL SELECT 'trainings' FROM training_invitations t WHERE t.institution_id = i.id
    UNION ALL SELECT 'trainings' FROM dialogue_notes n WHERE n.institution_id = i.id
    UNION ALL SELECT 'trainings' FROM follow_ups f WHERE i.id IN (f.institution_id, f.owner_institution_id)
    LIMIT 1
  ) u ON true
$$;

-- Takes institutions back that a withdrawn import registered. One that is used after all, by whatever table, stays: the
-- foreign keys say so, and the rest goes.
CREATE FUNCTION withdraw_import_institutions(wanted int, ids int[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  gone int;
BEGIN
  IF NOT import_is_ours(wanted) OR NOT EXISTS (SELECT FROM import_batches WHERE id = wanted AND status = 'withdrawn') THEN
    RAISE EXCEPTION 'withdraw_import_institutions: refused'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'withdraw_import_institutions';
  END IF;
  -- An RT goes before its RW.
  FOR gone IN
    SELECT i.id FROM institutions i
    WHERE i.id = ANY (ids) AND i.version = 1 AND i.status = 'active'
      AND EXISTS (SELECT FROM import_rows r WHERE r.batch_id = wanted AND r.institution_id = i.id)
    ORDER BY i.parent_id IS NULL, i.id
  LOOP
    BEGIN
      UPDATE import_rows SET institution_id = NULL WHERE institution_id = gone;
      DELETE FROM seats WHERE institution_id = gone;
      DELETE FROM institutions WHERE id = gone;
    EXCEPTION WHEN foreign_key_violation THEN
      NULL;
    END;
  END LOOP;
END $$;

GRANT DELETE ON seats, institutions TO portal_definer;
REVOKE EXECUTE ON FUNCTION import_institution_blockers(int), withdraw_import_institutions(int, int[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION import_institution_blockers(int), withdraw_import_institutions(int, int[])
  TO portal_city, portal_kelurahan;
ALTER FUNCTION import_institution_blockers(int) OWNER TO portal_definer;
ALTER FUNCTION withdraw_import_institutions(int, int[]) OWNER TO portal_definer;
REVOKE CREATE ON SCHEMA public FROM portal_definer;
