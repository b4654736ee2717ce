-- The files that an activity names as its proof, as JSON text: read with the activity, never searched. On a cluster both
-- the rows' own table and the one that spreads over them get the column.
ALTER TABLE {{table activity_versions}} ADD COLUMN IF NOT EXISTS attachments String AFTER evidence;

{{respread activity_versions: ADD COLUMN IF NOT EXISTS attachments String AFTER evidence}}
