"""An index by which a trainee's page finds their own enrolment in a course, however many take it."""


def up(migrator, db):
    db.execute_sql('CREATE INDEX "enrolment_person_id_course_id" ON "enrolment" ("person_id", "course_id")')


def down(migrator, db):
    db.execute_sql('DROP INDEX "enrolment_person_id_course_id"')
