-- Every record of the stream, in its order. Read by position: single events (granules are small, since an
-- envelope is large), a page, or all that is new. Its greatest position is the checkpoint.
CREATE TABLE IF NOT EXISTS {{table ledger}}
(
    position UInt64 CODEC(Delta, LZ4),
    verdict LowCardinality(String),
    subject String,
    source String,
    id String,
    type LowCardinality(String),
    activity String,
    recordedAt Int64 CODEC(Delta, LZ4),
    envelope String CODEC(ZSTD(1))
)
ENGINE = {{ReplacingMergeTree}}
ORDER BY position
SETTINGS index_granularity = 256, min_compress_block_size = 16384, max_compress_block_size = 65536,
    old_parts_lifetime = 60;

{{spread ledger by cityHash64(subject)}}

-- What the stream holds and the rules refuse.
CREATE TABLE IF NOT EXISTS {{table quarantine}}
(
    position UInt64,
    subject String,
    id String,
    type String,
    recordedAt Int64,
    reason String,
    content String
)
ENGINE = {{ReplacingMergeTree}}
ORDER BY position
SETTINGS old_parts_lifetime = 60;

{{spread quarantine by cityHash64(subject)}}
