-- Units, targets and self-inspections, as versions like activities (0002-activities.sql). Days are kept as text:
-- a unit may have been founded before the days that the engine knows, and texts compare as days do.
CREATE TABLE IF NOT EXISTS {{table unit_versions}}
(
    unit String,
    fromPos UInt64,
    closedBy UInt64,
    recordedFrom Int64,
    recordedTo Int64,
    name String,
    `group` String,
    teamSize UInt32,
    head String,
    since Nullable(String),
    closedOn Nullable(String)
)
ENGINE = {{ReplacingMergeTree}}(closedBy)
ORDER BY (unit, fromPos)
SETTINGS index_granularity = 1024, old_parts_lifetime = 60;

{{spread unit_versions by cityHash64(unit)}}

CREATE TABLE IF NOT EXISTS {{table target_versions}}
(
    unit String,
    year UInt16,
    indicator String,
    fromPos UInt64,
    closedBy UInt64,
    recordedFrom Int64,
    recordedTo Int64,
    target Decimal(18, 6),
    direction LowCardinality(String)
)
ENGINE = {{ReplacingMergeTree}}(closedBy)
ORDER BY (year, unit, indicator, fromPos)
SETTINGS index_granularity = 1024, old_parts_lifetime = 60;

{{spread target_versions by cityHash64(unit)}}

CREATE TABLE IF NOT EXISTS {{table self_inspections}}
(
    unit String,
    year UInt16,
    fromPos UInt64,
    closedBy UInt64,
    recordedFrom Int64,
    recordedTo Int64,
    criteria String
)
ENGINE = {{ReplacingMergeTree}}(closedBy)
ORDER BY (year, unit, fromPos)
SETTINGS index_granularity = 1024, old_parts_lifetime = 60;

{{spread self_inspections by cityHash64(unit)}}
