"""An index of wrong answers alone, by which managers find who is stuck in a quiz."""


def up(migrator, db):
    db.execute_sql(
        'CREATE INDEX "event_wrong_answers" ON "event" ("enrolment_id", "kind", "step_key") WHERE NOT "right"'
    )


def down(migrator, db):
    db.execute_sql('DROP INDEX "event_wrong_answers"')
