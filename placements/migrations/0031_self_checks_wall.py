"""Self-checks: seen by the officers of the placement function, each of its requests only where the
request is seen, answered by somebody else than its handlers, and kept as they are when locked."""

from django.db import migrations

CHECK, QUESTION = "placements_selfcheck", "placements_selfcheckquestion"
ITEM, ANSWER = "placements_selfcheckitem", "placements_selfcheckanswer"
OF_A_CHECK = f"EXISTS (SELECT 1 FROM {CHECK} c WHERE c.id = self_check_id)"
SEEN = {
    CHECK: "placement_function_id"
    " = ANY ((SELECT wall_ids('spink.placement_function_ids'))::bigint[])",
    QUESTION: OF_A_CHECK,
    ITEM: f"{OF_A_CHECK}"
    " AND EXISTS (SELECT 1 FROM placements_placementrequest r WHERE r.id = request_id)",
    ANSWER: f"EXISTS (SELECT 1 FROM {ITEM} i WHERE i.id = item_id)",
}

WALL = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY by_officers ON {table} USING ({seen}) WITH CHECK ({seen});
CREATE POLICY by_jobs ON {table} USING ((SELECT wall_job_reads('{table}')));
"""
    for table, seen in SEEN.items()
)
NO_WALL = "".join(
    f"""
DROP POLICY by_jobs ON {table};
DROP POLICY by_officers ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""
    for table in reversed(SEEN)
)

KEPT_ROWS = "".join(
    f"""
CREATE TRIGGER kept BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION self_check_is_kept();
CREATE TRIGGER not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION self_check_is_kept();
"""
    for table in SEEN
)
NOT_KEPT_ROWS = "".join(
    f"DROP TRIGGER not_emptied ON {table};\nDROP TRIGGER kept ON {table};\n" for table in SEEN
)
KEPT = f"""
CREATE FUNCTION self_check_is_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a self-check is kept as it was drawn'; END $$;
CREATE FUNCTION self_check_is_locked_once() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF OLD.locked_at IS NOT NULL
        OR to_jsonb(NEW) - 'version' - 'locked_at' - 'locked_by_id' - 'unchecked_note'
            <> to_jsonb(OLD) - 'version' - 'locked_at' - 'locked_by_id' - 'unchecked_note'
    THEN RAISE EXCEPTION 'a self-check is kept as it was drawn'; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION self_check_item_is_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF to_jsonb(NEW) - 'version' <> to_jsonb(OLD) - 'version'
    THEN RAISE EXCEPTION 'a self-check is kept as it was drawn'; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION self_check_is_answered_by_others() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE item {ITEM}; BEGIN
    SELECT * INTO item FROM {ITEM} WHERE id = NEW.item_id;
    IF NEW.answered_by_id = ANY (item.handlers)
    THEN RAISE EXCEPTION 'nobody checks the own handling'; END IF;
    PERFORM 1 FROM {QUESTION} WHERE id = NEW.question_id AND self_check_id = item.self_check_id;
    IF NOT FOUND THEN RAISE EXCEPTION 'the question is not of this self-check'; END IF;
    PERFORM 1 FROM {CHECK} WHERE id = item.self_check_id AND locked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN RAISE EXCEPTION 'the self-check is locked'; END IF;
    RETURN NEW;
END $$;
{KEPT_ROWS}CREATE TRIGGER locked_once BEFORE UPDATE ON {CHECK}
    FOR EACH ROW EXECUTE FUNCTION self_check_is_locked_once();
CREATE TRIGGER as_drawn BEFORE UPDATE ON {QUESTION}
    FOR EACH ROW EXECUTE FUNCTION self_check_is_kept();
CREATE TRIGGER as_drawn BEFORE UPDATE ON {ITEM}
    FOR EACH ROW EXECUTE FUNCTION self_check_item_is_kept();
CREATE TRIGGER by_others BEFORE INSERT OR UPDATE ON {ANSWER}
    FOR EACH ROW EXECUTE FUNCTION self_check_is_answered_by_others();
"""
NOT_KEPT = f"""
DROP TRIGGER by_others ON {ANSWER};
DROP TRIGGER as_drawn ON {ITEM};
DROP TRIGGER as_drawn ON {QUESTION};
DROP TRIGGER locked_once ON {CHECK};
{NOT_KEPT_ROWS}DROP FUNCTION self_check_is_answered_by_others();
DROP FUNCTION self_check_item_is_kept();
DROP FUNCTION self_check_is_locked_once();
DROP FUNCTION self_check_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = (("placements", "0030_self_checks"),)

    operations = (
        migrations.RunSQL(WALL, NO_WALL),
        migrations.RunSQL(KEPT, NOT_KEPT),
    )
