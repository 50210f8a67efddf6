"""The first schema: every table of Fieldcast as it began. A frozen copy; today's models are never imported here."""

import peewee
from peewee import *  # noqa: F403

SEARCH = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_entry USING fts5("
        "version_id UNINDEXED, lesson_key UNINDEXED, lang UNINDEXED, title, body, tokenize = 'unicode61')",
    ],
    "postgresql": [
        "CREATE TABLE search_entry (version_id INTEGER NOT NULL REFERENCES course_version ON DELETE CASCADE, "
        "lesson_key VARCHAR(64) NOT NULL, lang VARCHAR(2) NOT NULL, words TSVECTOR NOT NULL)",
        "CREATE INDEX search_entry_words ON search_entry USING GIN (words)",
        "CREATE INDEX search_entry_version ON search_entry (version_id)",
    ],
}


def up(migrator, db):
    class Area(Model):
        code = CharField(primary_key=True, max_length=12)
        name_zh = CharField(max_length=60)
        name_en = CharField(max_length=80, default="")
        level = SmallIntegerField(index=True)

        class Meta:
            database = db
            table_name = "area"

    db.create_tables([Area])

    class Cohort(Model):
        name = CharField(max_length=60)
        class_number = CharField(max_length=40, default="")
        join_code = CharField(unique=True, max_length=12)
        area = ForeignKeyField(Area, on_delete="RESTRICT")
        starts_on = DateField()
        ends_on = DateField(null=True)
        self_study = BooleanField(default=False)
        update_policy = CharField(max_length=8, default="keep")
        created_at = DateTimeField()
        closed_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "cohort"

    db.create_tables([Cohort])

    class Person(Model):
        name = CharField(max_length=40)
        phone = CharField(unique=True, null=True, max_length=16)
        age_band = CharField(max_length=8, default="")
        group = CharField(max_length=16, default="")
        area_code = CharField(index=True, max_length=12, default="")
        language = CharField(max_length=2, default="")
        theme = CharField(max_length=5, default="")
        text_size = CharField(max_length=6, default="")
        saver = CharField(max_length=3, default="")
        created_at = DateTimeField()
        notice_accepted_at = DateTimeField(null=True)
        deactivated_at = DateTimeField(null=True)
        deleted_at = DateTimeField(null=True)
        merged_into = ForeignKeyField("self", null=True, on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "person"

    db.create_tables([Person])

    class Membership(Model):
        cohort = ForeignKeyField(Cohort, on_delete="RESTRICT")
        person = ForeignKeyField(Person, on_delete="RESTRICT")
        area_code = CharField(index=True, max_length=12)
        group = CharField(max_length=16, default="")
        joined_at = DateTimeField()
        left_at = DateTimeField(null=True)
        started_at = DateTimeField(null=True)
        completed_at = DateTimeField(null=True)
        certified_at = DateTimeField(null=True)
        first_live_on = DateField(null=True)
        seen_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "membership"
            indexes = ((("cohort", "person"), True), (("person",), False))

    db.create_tables([Membership])

    class ActiveWeek(Model):
        membership = ForeignKeyField(Membership, on_delete="RESTRICT")
        monday = DateField(index=True)

        class Meta:
            database = db
            table_name = "active_week"
            indexes = ((("membership", "monday"), True),)

    db.create_tables([ActiveWeek])

    class AuditEntry(Model):
        at = DateTimeField(index=True)
        actor_id = IntegerField(index=True, null=True)
        action = CharField(index=True, max_length=64)
        subject_kind = CharField(max_length=32)
        subject_id = CharField(max_length=64)
        person_id = IntegerField(index=True, null=True)
        origin = CharField(max_length=64)
        detail = TextField(default=dict)

        class Meta:
            database = db
            table_name = "audit_entry"

    db.create_tables([AuditEntry])

    class Course(Model):
        slug = CharField(unique=True, max_length=64)
        author_id = IntegerField(index=True, null=True)
        created_at = DateTimeField()
        archived_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "course"

    db.create_tables([Course])

    class CourseVersion(Model):
        course = ForeignKeyField(Course, on_delete="CASCADE")
        number = IntegerField()
        published_at = DateTimeField()
        published_by = IntegerField(null=True)
        note = TextField(default="")
        digest = CharField(max_length=64)
        title_zh = CharField(max_length=120)
        title_en = CharField(max_length=120)
        summary_zh = TextField(default="")
        summary_en = TextField(default="")
        icon = CharField(max_length=24, default="course")
        position = IntegerField(default=0)
        complete = BooleanField(default=False)
        requires = TextField()
        class_hours = FloatField(default=0)
        valid_months = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "course_version"
            indexes = ((("course", "number"), True),)

    db.create_tables([CourseVersion])

    class Enrolment(Model):
        membership = ForeignKeyField(Membership, on_delete="RESTRICT")
        person = ForeignKeyField(Person, on_delete="RESTRICT")
        cohort = ForeignKeyField(Cohort, on_delete="RESTRICT")
        course = ForeignKeyField(Course, on_delete="RESTRICT")
        version = ForeignKeyField(CourseVersion, on_delete="RESTRICT")
        area_code = CharField(max_length=12)
        group = CharField(max_length=16, default="")
        enrolled_at = DateTimeField()
        started_at = DateTimeField(null=True)
        completed_at = DateTimeField(null=True)
        certified_at = DateTimeField(null=True)
        left_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "enrolment"
            indexes = (
                (("person", "cohort", "course"), True),
                (("cohort", "course"), False),
                (("area_code", "course"), False),
            )

    db.create_tables([Enrolment])

    class Certificate(Model):
        enrolment = ForeignKeyField(Enrolment, on_delete="RESTRICT")
        sequence = IntegerField()
        number = CharField(unique=True, max_length=14)
        issued_at = DateTimeField()
        expires_on = DateField(null=True)
        snapshot = TextField()
        corrected_at = DateTimeField(null=True)
        replaced_by = ForeignKeyField("self", null=True, on_delete="RESTRICT")
        revoked_at = DateTimeField(null=True)
        revoked_reason = CharField(max_length=24, default="")

        class Meta:
            database = db
            table_name = "certificate"
            indexes = ((("enrolment", "sequence"), True),)

    db.create_tables([Certificate])

    class CertificateChange(Model):
        certificate = ForeignKeyField(Certificate, on_delete="RESTRICT")
        kind = CharField(max_length=16)
        at = DateTimeField()
        by_id = IntegerField(null=True)
        before = TextField()
        after = TextField()
        reason = CharField(max_length=200, default="")

        class Meta:
            database = db
            table_name = "certificate_change"

    db.create_tables([CertificateChange])

    class CohortCourse(Model):
        cohort = ForeignKeyField(Cohort, on_delete="CASCADE")
        course = ForeignKeyField(Course, on_delete="RESTRICT")
        required = BooleanField(default=True)
        position = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "cohort_course"
            indexes = ((("cohort", "course"), True),)

    db.create_tables([CohortCourse])

    class CohortTrainer(Model):
        cohort = ForeignKeyField(Cohort, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "cohort_trainer"
            indexes = ((("cohort", "person"), True),)

    db.create_tables([CohortTrainer])

    class Consent(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        kind = CharField(max_length=16)
        version = CharField(max_length=16)
        given_at = DateTimeField()
        withdrawn_at = DateTimeField(null=True)
        given_by = CharField(max_length=40, default="")

        class Meta:
            database = db
            table_name = "consent"

    db.create_tables([Consent])

    class Credential(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        kind = CharField(max_length=16)
        secret = CharField()
        first = BooleanField(default=False)
        made_at = DateTimeField()
        used_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "credential"
            indexes = ((("person", "kind"), True),)

    db.create_tables([Credential])

    class DraftFile(Model):
        course = ForeignKeyField(Course, on_delete="CASCADE")
        path = CharField()
        digest = CharField(max_length=64)
        size = IntegerField()
        revision = IntegerField(default=1)
        edited_at = DateTimeField()
        edited_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "draft_file"
            indexes = ((("course", "path"), True),)

    db.create_tables([DraftFile])

    class DueDate(Model):
        cohort = ForeignKeyField(Cohort, on_delete="CASCADE")
        course = ForeignKeyField(Course, on_delete="CASCADE")
        lesson_key = CharField(max_length=64)
        due_on = DateField()

        class Meta:
            database = db
            table_name = "due_date"
            indexes = ((("cohort", "course", "lesson_key"), True),)

    db.create_tables([DueDate])

    class Event(Model):
        person = ForeignKeyField(Person, on_delete="RESTRICT")
        client_id = CharField(max_length=64)
        digest = CharField(max_length=64)
        enrolment = ForeignKeyField(Enrolment, on_delete="RESTRICT")
        version = ForeignKeyField(CourseVersion, on_delete="RESTRICT")
        lesson_key = CharField(max_length=64)
        step_key = CharField(max_length=160)
        kind = CharField(max_length=8)
        body = TextField()
        right = BooleanField(null=True)
        happened_at = DateTimeField()
        stored_at = DateTimeField()

        class Meta:
            database = db
            table_name = "event"
            indexes = ((("person", "client_id"), True), (("enrolment", "lesson_key"), False), (("stored_at",), False))

    db.create_tables([Event])

    class FailedTries(Model):
        key = CharField(primary_key=True, max_length=80)
        failures = IntegerField()
        last_at = DateTimeField(index=True)
        wait_until = DateTimeField()

        class Meta:
            database = db
            table_name = "failed_tries"

    db.create_tables([FailedTries])

    class KnownPhone(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        token_hash = CharField(max_length=64)
        first_at = DateTimeField()
        last_at = DateTimeField()

        class Meta:
            database = db
            table_name = "known_phone"
            indexes = ((("token_hash", "person"), True),)

    db.create_tables([KnownPhone])

    class Lesson(Model):
        version = ForeignKeyField(CourseVersion, on_delete="CASCADE")
        key = CharField(max_length=64)
        position = IntegerField()
        title_zh = CharField(max_length=120)
        title_en = CharField(max_length=120)
        summary_zh = TextField(default="")
        summary_en = TextField(default="")
        minutes = IntegerField()
        facts = TextField(default=dict)

        class Meta:
            database = db
            table_name = "lesson"
            indexes = ((("version", "key"), True), (("version", "position"), True))

    db.create_tables([Lesson])

    class LessonFault(Model):
        course = ForeignKeyField(Course, on_delete="CASCADE")
        version = ForeignKeyField(CourseVersion, on_delete="CASCADE")
        lesson_key = CharField(max_length=64)
        person = ForeignKeyField(Person, on_delete="CASCADE")
        kind = CharField(max_length=16)
        words = CharField(max_length=200, default="")
        reported_at = DateTimeField()
        closed_at = DateTimeField(null=True)
        closed_by = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "lesson_fault"

    db.create_tables([LessonFault])

    class LiveReport(Model):
        person = ForeignKeyField(Person, on_delete="RESTRICT")
        client_id = CharField(max_length=64)
        went_on = DateField()
        platform = CharField(max_length=16)
        minutes = IntegerField()
        proof = CharField(max_length=2, default="P0")
        reported_at = DateTimeField()

        class Meta:
            database = db
            table_name = "live_report"
            indexes = ((("person", "client_id"), True),)

    db.create_tables([LiveReport])

    class Place(Model):
        enrolment = ForeignKeyField(Enrolment, unique=True, on_delete="CASCADE")
        lesson_key = CharField(max_length=64)
        anchor = CharField(max_length=64, default="")
        seen_at = DateTimeField()

        class Meta:
            database = db
            table_name = "place"

    db.create_tables([Place])

    class Role(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        kind = CharField(max_length=16)
        area_code = CharField(max_length=12, default="")
        given_at = DateTimeField()

        class Meta:
            database = db
            table_name = "role"
            indexes = ((("person", "kind", "area_code"), True),)

    db.create_tables([Role])

    class Setting(Model):
        name = CharField(primary_key=True, max_length=64)
        value = TextField()

        class Meta:
            database = db
            table_name = "setting"

    db.create_tables([Setting])

    class SignedIn(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        token_hash = CharField(unique=True, max_length=64)
        began_at = DateTimeField()
        seen_at = DateTimeField()
        ended_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "signed_in"

    db.create_tables([SignedIn])

    class Step(Model):
        version = ForeignKeyField(CourseVersion, on_delete="CASCADE")
        lesson_key = CharField(max_length=64)
        key = CharField(max_length=160)
        kind = CharField(max_length=8)
        position = IntegerField()

        class Meta:
            database = db
            table_name = "step"
            indexes = ((("version", "key"), True),)

    db.create_tables([Step])

    class StepDone(Model):
        enrolment = ForeignKeyField(Enrolment, on_delete="RESTRICT")
        step_key = CharField(max_length=160)
        event = ForeignKeyField(Event, on_delete="RESTRICT")
        done_at = DateTimeField()

        class Meta:
            database = db
            table_name = "step_done"
            indexes = ((("enrolment", "step_key"), True),)

    db.create_tables([StepDone])

    class Tally(Model):
        scope = CharField(max_length=24)
        course_id = IntegerField(default=0)
        measure = CharField(max_length=24)
        count = BigIntegerField(default=0)

        class Meta:
            database = db
            table_name = "tally"
            primary_key = CompositeKey("scope", "course_id", "measure")

    db.create_tables([Tally])

    class VersionFile(Model):
        version = ForeignKeyField(CourseVersion, on_delete="CASCADE")
        path = CharField()
        digest = CharField(max_length=64)
        size = IntegerField()

        class Meta:
            database = db
            table_name = "version_file"
            indexes = ((("version", "path"), True),)

    db.create_tables([VersionFile])

    kind = "postgresql" if isinstance(db, peewee.PostgresqlDatabase) else "sqlite"
    for statement in SEARCH[kind]:
        db.execute_sql(statement)
