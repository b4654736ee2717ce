-- Few events are about the zone or about a unit itself, and a unit has some hundred among millions: which blocks of the
-- ledger hold a type or a subject is known without reading them. Rows that are there already are indexed in the background.
ALTER TABLE {{table ledger}} ADD INDEX IF NOT EXISTS by_type type TYPE set(32) GRANULARITY 16;
ALTER TABLE {{table ledger}} ADD INDEX IF NOT EXISTS by_subject subject TYPE bloom_filter(0.02) GRANULARITY 1;
ALTER TABLE {{table ledger}} MATERIALIZE INDEX by_type;
ALTER TABLE {{table ledger}} MATERIALIZE INDEX by_subject;
