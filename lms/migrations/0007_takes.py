"""The sentences of lessons as somebody spoke them. A frozen copy; models are never imported here."""

from peewee import *  # noqa: F403


def up(migrator, db):
    class Course(Model):
        class Meta:
            database = db
            table_name = "course"

    class Take(Model):
        course = ForeignKeyField(Course, on_delete="CASCADE")
        lesson_key = CharField(max_length=64)
        lang = CharField(max_length=2)
        track = CharField(max_length=16, default="")
        sentence = CharField(max_length=8)
        text = TextField()
        digest = CharField(index=True, max_length=64)
        seconds = FloatField()
        spoken_by = IntegerField(null=True, index=True)
        spoken_at = DateTimeField()

        class Meta:
            database = db
            table_name = "take"
            indexes = ((("course", "lesson_key", "lang", "track", "sentence"), True),)

    db.create_tables([Take])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("take"))
