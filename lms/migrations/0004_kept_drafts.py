"""Drafts that are kept when something takes their place, and revisions that go on where a file was removed."""

from peewee import *  # noqa: F403


def up(migrator, db):
    db.execute_sql('ALTER TABLE "course" ADD COLUMN "draft_revision" INTEGER NOT NULL DEFAULT 0')

    class Course(Model):
        class Meta:
            database = db
            table_name = "course"

    class KeptDraft(Model):
        course = ForeignKeyField(Course, on_delete="CASCADE")
        digest = CharField(max_length=64)
        kept_at = DateTimeField()
        kept_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "kept_draft"
            indexes = ((("course", "digest"), True),)

    class KeptFile(Model):
        kept = ForeignKeyField(KeptDraft, on_delete="CASCADE")
        path = CharField()
        digest = CharField(max_length=64)
        size = IntegerField()

        class Meta:
            database = db
            table_name = "kept_file"
            indexes = ((("kept", "path"), True),)

    db.create_tables([KeptDraft, KeptFile])


def down(migrator, db):
    db.execute_sql('DROP TABLE "kept_file"')
    db.execute_sql('DROP TABLE "kept_draft"')
    db.execute_sql('ALTER TABLE "course" DROP COLUMN "draft_revision"')
