-- A small installation as the first schema held it: two people, a class, a course, an answer, a certificate. Frozen.
INSERT INTO "area" ("code", "name_zh", "name_en", "level") VALUES ('349921101000', '藕塘镇', 'Outang', 4);
INSERT INTO "person" ("id", "name", "phone", "age_band", "group", "area_code", "language", "theme", "text_size", "saver", "created_at") VALUES (1, '张秀兰', '13812340001', '18+', '', '349921101000', '', '', '', '', '2026-03-02 01:00:00');
INSERT INTO "person" ("id", "name", "phone", "age_band", "group", "area_code", "language", "theme", "text_size", "saver", "created_at") VALUES (2, '何敏', '13812340002', '18+', '', '', '', '', '', '', '2026-03-02 01:00:00');
INSERT INTO "role" ("id", "person_id", "kind", "area_code", "given_at") VALUES (1, 2, 'trainer', '349921101000', '2026-03-02 01:00:00');
INSERT INTO "cohort" ("id", "name", "class_number", "join_code", "area_id", "starts_on", "self_study", "update_policy", "created_at") VALUES (1, '2026 春季班', '', 'LOTUS7', '349921101000', '2026-03-01', FALSE, 'keep', '2026-03-02 01:00:00');
INSERT INTO "membership" ("id", "cohort_id", "person_id", "area_code", "group", "joined_at") VALUES (1, 1, 1, '349921101000', '', '2026-03-02 01:00:00');
INSERT INTO "course" ("id", "slug", "author_id", "created_at") VALUES (1, 'light', 2, '2026-03-02 01:00:00');
INSERT INTO "course_version" ("id", "course_id", "number", "published_at", "note", "digest", "title_zh", "title_en", "summary_zh", "summary_en", "icon", "position", "complete", "requires", "class_hours") VALUES (1, 1, 1, '2026-03-02 01:00:00', '', 'd1', '拍摄', 'Shooting', '', '', 'camera', 1, TRUE, '["read"]', 1.5);
INSERT INTO "enrolment" ("id", "membership_id", "person_id", "cohort_id", "course_id", "version_id", "area_code", "group", "enrolled_at", "started_at") VALUES (1, 1, 1, 1, 1, 1, '349921101000', '', '2026-03-02 01:00:00', '2026-03-03 01:00:00');
INSERT INTO "event" ("id", "person_id", "client_id", "digest", "enrolment_id", "version_id", "lesson_key", "step_key", "kind", "body", "happened_at", "stored_at") VALUES (1, 1, 'event-0001', 'd2', 1, 1, 'sun', 'sun/read', 'read', '{"by": "end"}', '2026-03-03 01:00:00', '2026-03-03 01:00:00');
INSERT INTO "step_done" ("id", "enrolment_id", "step_key", "event_id", "done_at") VALUES (1, 1, 'sun/read', 1, '2026-03-03 01:00:00');
INSERT INTO "certificate" ("id", "enrolment_id", "sequence", "number", "issued_at", "snapshot", "revoked_reason") VALUES (1, 1, 1, 'TB-7K3M-92QF-C', '2026-03-04 01:00:00', '{}', '');
INSERT INTO "tally" ("scope", "course_id", "measure", "count") VALUES ('all', 1, 'started', 1);
