"""Work handed in and judged, and what the practice tools keep. A frozen copy; models are never imported here."""

from peewee import *  # noqa: F403

JUDGEMENT_STANDS = (
    'CREATE UNIQUE INDEX "judgement_stands" ON "judgement" ("submission_id", "judge_id") WHERE "taken_back_at" IS NULL'
)


def up(migrator, db):
    class Course(Model):
        class Meta:
            database = db
            table_name = "course"

    class CourseVersion(Model):
        class Meta:
            database = db
            table_name = "course_version"

    class Enrolment(Model):
        class Meta:
            database = db
            table_name = "enrolment"

    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class AudienceLine(Model):
        author = ForeignKeyField(Person, on_delete="CASCADE")
        course = ForeignKeyField(Course, null=True, on_delete="SET NULL")
        kind = CharField(max_length=16)
        goods = CharField(max_length=24, default="")
        zh = CharField(max_length=80, default="")
        en = CharField(max_length=160, default="")
        answer_zh = CharField(max_length=160, default="")
        answer_en = CharField(max_length=240, default="")
        added_at = DateTimeField()
        removed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "audience_line"

    db.create_tables([AudienceLine])

    class Script(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        client_id = CharField(max_length=64)
        kind = CharField(max_length=8, default="script")
        goods = CharField(max_length=60, default="")
        packs = TextField(default=list)
        created_at = DateTimeField()
        changed_at = DateTimeField()
        deleted_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "script"
            indexes = ((("person", "client_id"), True), (("person", "changed_at"), False))

    db.create_tables([Script])

    class ScriptVersion(Model):
        script = ForeignKeyField(Script, on_delete="CASCADE")
        number = IntegerField()
        text = TextField()
        must = IntegerField(default=0)
        proof = IntegerField(default=0)
        depends = IntegerField(default=0)
        rules_version = CharField(max_length=16, default="")
        kept = BooleanField(default=True)
        saved_at = DateTimeField()

        class Meta:
            database = db
            table_name = "script_version"
            indexes = ((("script", "number"), True),)

    db.create_tables([ScriptVersion])

    class ComplianceSheet(Model):
        script_version = ForeignKeyField(ScriptVersion, on_delete="RESTRICT")
        person = ForeignKeyField(Person, on_delete="RESTRICT")
        client_id = CharField(max_length=64)
        facts = TextField()
        signed_name = CharField(max_length=60)
        signed_at = DateTimeField()

        class Meta:
            database = db
            table_name = "compliance_sheet"
            indexes = ((("person", "client_id"), True),)

    db.create_tables([ComplianceSheet])

    class Submission(Model):
        enrolment = ForeignKeyField(Enrolment, on_delete="RESTRICT")
        person = ForeignKeyField(Person, on_delete="RESTRICT")
        version = ForeignKeyField(CourseVersion, on_delete="RESTRICT")
        lesson_key = CharField(max_length=64)
        step_key = CharField(max_length=160)
        number = IntegerField()
        client_id = CharField(max_length=64)
        digest = CharField(max_length=64)
        words = TextField(default="")
        others = CharField(max_length=8, default="nobody")
        state = CharField(index=True, max_length=12, default="preparing")
        late = BooleanField(default=False)
        happened_at = DateTimeField()
        handed_in_at = DateTimeField(index=True)
        settled_at = DateTimeField(null=True)
        points = IntegerField(null=True)
        most_points = IntegerField(null=True)
        seen_at = DateTimeField(null=True)
        looked_at_by = ForeignKeyField(Person, null=True, backref="+", on_delete="SET NULL")
        looked_at_since = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "submission"
            indexes = (
                (("enrolment", "step_key", "number"), True),
                (("person", "client_id"), True),
                (("state", "handed_in_at"), False),
            )

    db.create_tables([Submission])

    class Judgement(Model):
        submission = ForeignKeyField(Submission, on_delete="CASCADE")
        judge = ForeignKeyField(Person, on_delete="RESTRICT")
        points = TextField()
        total = IntegerField()
        passed = BooleanField()
        sent_back = BooleanField(default=False)
        words = TextField(default="")
        voice = CharField(index=True, max_length=64, default="")
        voice_seconds = FloatField(default=0)
        given_at = DateTimeField()
        settles_at = DateTimeField(index=True)
        settled_at = DateTimeField(null=True)
        taken_back_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "judgement"

    db.create_tables([Judgement])

    class PeerReview(Model):
        submission = ForeignKeyField(Submission, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        stickers = TextField()
        words = CharField(max_length=200, default="")
        voice = CharField(index=True, max_length=64, default="")
        given_at = DateTimeField()
        hidden_at = DateTimeField(null=True)
        reported_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "peer_review"
            indexes = ((("submission", "person"), True),)

    db.create_tables([PeerReview])

    class Phrase(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        words = CharField(max_length=80)
        used = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "phrase"
            indexes = ((("person", "words"), True),)

    db.create_tables([Phrase])

    class Piece(Model):
        submission = ForeignKeyField(Submission, on_delete="CASCADE")
        position = IntegerField()
        kind = CharField(max_length=8)
        state = CharField(max_length=8, default="ready")
        why = CharField(max_length=200, default="")
        text = TextField(default="")
        name = CharField(max_length=200, default="")
        mime = CharField(max_length=60, default="")
        original = CharField(index=True, max_length=64, default="")
        digest = CharField(index=True, max_length=64, default="")
        sound = CharField(index=True, max_length=64, default="")
        poster = CharField(index=True, max_length=64, default="")
        size = BigIntegerField(default=0)
        sound_size = BigIntegerField(default=0)
        seconds = FloatField(default=0)
        width = IntegerField(default=0)
        height = IntegerField(default=0)
        verdicts = TextField(default=dict)

        class Meta:
            database = db
            table_name = "piece"
            indexes = ((("submission", "position"), True),)

    db.create_tables([Piece])

    class Proof(Model):
        script = ForeignKeyField(Script, on_delete="CASCADE")
        rule = CharField(max_length=16)
        claim = CharField(max_length=120)
        kind = CharField(max_length=8)
        words = CharField(max_length=200, default="")
        digest = CharField(index=True, max_length=64, default="")
        given_at = DateTimeField()
        taken_back_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "proof"

    db.create_tables([Proof])

    class Regrade(Model):
        course = ForeignKeyField(Course, on_delete="CASCADE")
        version_number = IntegerField()
        step_key = CharField(max_length=160)
        question_id = CharField(max_length=64)
        right = TextField()
        reason = CharField(max_length=300)
        effect = TextField()
        made_by = ForeignKeyField(Person, on_delete="RESTRICT")
        made_at = DateTimeField()

        class Meta:
            database = db
            table_name = "regrade"

    db.create_tables([Regrade])

    class Rehearsal(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        client_id = CharField(max_length=64)
        level = SmallIntegerField()
        seed = BigIntegerField()
        goods = CharField(max_length=60, default="")
        script_id = IntegerField(null=True)
        seconds = IntegerField()
        measures = TextField()
        timeline = TextField()
        happened_at = DateTimeField()
        stored_at = DateTimeField()
        deleted_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "rehearsal"
            indexes = ((("person", "client_id"), True), (("person", "happened_at"), False))

    db.create_tables([Rehearsal])

    class Remark(Model):
        judgement = ForeignKeyField(Judgement, on_delete="CASCADE")
        piece = ForeignKeyField(Piece, on_delete="CASCADE")
        second = FloatField(null=True)
        x = FloatField(null=True)
        y = FloatField(null=True)
        stamp = CharField(max_length=8, default="look")
        words = CharField(max_length=300, default="")

        class Meta:
            database = db
            table_name = "remark"

    db.create_tables([Remark])

    class Threshold(Model):
        signal = CharField(max_length=24)
        bound = CharField(max_length=16)
        value = FloatField()
        changed_by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        changed_at = DateTimeField()

        class Meta:
            database = db
            table_name = "shot_threshold"
            indexes = ((("signal", "bound"), True),)

    db.create_tables([Threshold])

    class Upload(Model):
        token = CharField(unique=True, max_length=43)
        person = ForeignKeyField(Person, on_delete="CASCADE")
        size = BigIntegerField()
        received = BigIntegerField(default=0)
        most = BigIntegerField()
        name = CharField(max_length=200, default="")
        claimed_type = CharField(max_length=100, default="")
        created_at = DateTimeField()
        touched_at = DateTimeField(index=True)
        finished_at = DateTimeField(null=True)
        digest = CharField(max_length=64, default="")

        class Meta:
            database = db
            table_name = "upload"

    db.create_tables([Upload])

    class WorkConsent(Model):
        submission = ForeignKeyField(Submission, unique=True, on_delete="CASCADE")
        asked_by = ForeignKeyField(Person, null=True, on_delete="SET NULL")
        asked_at = DateTimeField()
        agreed_at = DateTimeField(null=True)
        refused_at = DateTimeField(null=True)
        withdrawn_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "work_consent"

    db.create_tables([WorkConsent])

    db.execute_sql(JUDGEMENT_STANDS)


def down(migrator, db):
    migrator.migrate(migrator.drop_table("work_consent"))
    migrator.migrate(migrator.drop_table("upload"))
    migrator.migrate(migrator.drop_table("shot_threshold"))
    migrator.migrate(migrator.drop_table("remark"))
    migrator.migrate(migrator.drop_table("rehearsal"))
    migrator.migrate(migrator.drop_table("regrade"))
    migrator.migrate(migrator.drop_table("proof"))
    migrator.migrate(migrator.drop_table("piece"))
    migrator.migrate(migrator.drop_table("phrase"))
    migrator.migrate(migrator.drop_table("peer_review"))
    migrator.migrate(migrator.drop_table("judgement"))
    migrator.migrate(migrator.drop_table("submission"))
    migrator.migrate(migrator.drop_table("compliance_sheet"))
    migrator.migrate(migrator.drop_table("script_version"))
    migrator.migrate(migrator.drop_table("script"))
    migrator.migrate(migrator.drop_table("audience_line"))
