"""Of a guardian's consent, how they are related and who noted it."""


def up(migrator, db):
    db.execute_sql('ALTER TABLE "consent" ADD COLUMN "relation" VARCHAR(16) NOT NULL DEFAULT \'\'')
    db.execute_sql('ALTER TABLE "consent" ADD COLUMN "noted_by" INTEGER')


def down(migrator, db):
    db.execute_sql('ALTER TABLE "consent" DROP COLUMN "noted_by"')
    db.execute_sql('ALTER TABLE "consent" DROP COLUMN "relation"')
