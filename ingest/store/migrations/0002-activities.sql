-- Activities as versions: the event that changes an activity closes one version and opens the next, and the
-- closed row replaces the open one (closedBy is the version column). fromPos names a version by itself, and rows
-- never change their key, so an amendment that changes the kind leaves no ghost behind. Both rows of a key differ in
-- closedBy and recordedTo alone: PREWHERE may name any other column. Granules and blocks are small because a
-- unit's rows are read alone (some 200) as often as all rows are. A year that has come to rest is merged to one part,
-- where FINAL costs nothing.
CREATE TABLE IF NOT EXISTS {{table activity_versions}}
(
    year UInt16,
    unit String,
    kind LowCardinality(String),
    activity String,
    fromPos UInt64,
    closedBy UInt64,
    recordedFrom Int64,
    recordedTo Int64,
    bodyPos UInt64,
    state LowCardinality(String),
    waived Bool,
    appealOpen Bool,
    recordedBy LowCardinality(String),
    occurredOn Date32,
    title String,
    quantity Nullable(Decimal(18, 6)),
    due Nullable(Decimal(18, 6)),
    done Nullable(Decimal(18, 6)),
    members Array(String),
    form LowCardinality(String),
    score Nullable(Decimal(18, 6)),
    indicator LowCardinality(String),
    value Nullable(Decimal(18, 6)),
    ledByHead Bool,
    evidence Array(String),
    note String,
    -- What a row may be tallied as, whatever the plan (schemas/fit.ts), as bits: 1 stands, 2 verified, 4 led by the
    -- head, 8 has due >= done >= 0, 16 has a score, 32 has a quantity, 64 has members, 128 stands as an incident,
    -- 256 has a value for an indicator.
    fitness UInt16 MATERIALIZED
        (state IN ('reported', 'verified'))
        + 2 * (state = 'verified')
        + 4 * ledByHead
        + 8 * ifNull(done >= 0 AND due >= done, 0)
        + 16 * ifNull(score >= 0 AND score <= 100, 0)
        + 32 * ifNull(quantity >= 0, 0)
        + 64 * notEmpty(members)
        + 128 * (state IN ('reported', 'verified') AND NOT waived)
        + 256 * (value IS NOT NULL AND indicator != '')
)
ENGINE = {{ReplacingMergeTree}}(closedBy)
PARTITION BY year
ORDER BY (unit, kind, fromPos)
SETTINGS index_granularity = 1024, min_compress_block_size = 16384, max_compress_block_size = 65536,
    min_age_to_force_merge_seconds = 600, min_age_to_force_merge_on_partition_only = 1,
    old_parts_lifetime = 60;

{{spread activity_versions by cityHash64(unit)}}
