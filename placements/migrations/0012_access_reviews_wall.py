"""Reviews of the access log: seen by the department's reviewers, judged once, kept as they are."""

from django.db import migrations

REVIEW, ROW = "placements_accessreview", "placements_accessreviewrow"
REVIEW_SEEN = "department_id = ANY ((SELECT wall_ids('spink.review_department_ids'))::bigint[])"
ROW_SEEN = f"EXISTS (SELECT 1 FROM {REVIEW} v WHERE v.id = review_id)"

WALL = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY by_reviewers ON {table} USING ({seen}) WITH CHECK ({seen});
CREATE POLICY by_jobs ON {table} FOR SELECT USING ((SELECT wall_job_reads('{table}')));
"""
    for table, seen in ((REVIEW, REVIEW_SEEN), (ROW, ROW_SEEN))
)
NO_WALL = "".join(
    f"""
DROP POLICY by_jobs ON {table};
DROP POLICY by_reviewers ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in (ROW, REVIEW)
)

KEPT = f"""
CREATE FUNCTION access_review_is_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a review of the access log is kept as it is'; END $$;
CREATE FUNCTION access_review_row_is_judged_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF OLD.judgement <> '' OR to_jsonb(NEW) - 'judgement' - 'note' - 'judged_by_id' - 'judged_at'
        <> to_jsonb(OLD) - 'judgement' - 'note' - 'judged_by_id' - 'judged_at'
    THEN RAISE EXCEPTION 'a reading is judged once'; END IF;
    IF NEW.judged_by_id::text = OLD.reader_id
    THEN RAISE EXCEPTION 'nobody judges the own reading'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {REVIEW}
    FOR EACH STATEMENT EXECUTE FUNCTION access_review_is_kept();
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON {ROW}
    FOR EACH STATEMENT EXECUTE FUNCTION access_review_is_kept();
CREATE TRIGGER judged_once BEFORE UPDATE ON {ROW}
    FOR EACH ROW EXECUTE FUNCTION access_review_row_is_judged_once();
"""
NOT_KEPT = f"""
DROP TRIGGER judged_once ON {ROW};
DROP TRIGGER kept ON {ROW};
DROP TRIGGER kept ON {REVIEW};
DROP FUNCTION access_review_row_is_judged_once();
DROP FUNCTION access_review_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = (("placements", "0011_access_reviews"),)

    operations = (
        migrations.RunSQL(WALL, NO_WALL),
        migrations.RunSQL(KEPT, NOT_KEPT),
    )
