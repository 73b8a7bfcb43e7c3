import type { Database } from '../postgres.ts'

/** What must hold whenever nothing is under way; each query finds what breaks it. */
const invariants = {
  'every chunk has its axis, long enough': `SELECT c.run, c.series, c.no FROM metric_chunk c
    LEFT JOIN metric_axis a ON a.run = c.run AND a.axis = c.axis WHERE a.n IS NULL OR c.axis_from + c.n > a.n`,
  'every axis is named by a chunk': `SELECT a.run, a.axis FROM metric_axis a
    WHERE NOT EXISTS (SELECT FROM metric_chunk c WHERE c.run = a.run AND c.axis = a.axis)`,
  'every chunk is of a series': `SELECT c.run, c.series, c.no FROM metric_chunk c
    WHERE NOT EXISTS (SELECT FROM metric_series s WHERE s.run = c.run AND s.series = c.series AND s.generation >= c.generation)`,
  'every span stands for chunks that are there': `SELECT p.run, p.series, p.no FROM metric_span p
    WHERE p.n <> (SELECT coalesce(sum(c.n), 0) FROM metric_chunk c WHERE c.run = p.run AND c.series = p.series
      AND c.generation = p.generation AND c.no BETWEEN p.first_no AND p.last_no AND c.kind <> 'past')`,
  'every cursor that is not sealed has its frames': `SELECT h.run, h.sealed, h.cursor FROM metric_head h
    WHERE h.cursor - h.sealed <> (SELECT count(DISTINCT f.cursor) FROM metric_frame f
      WHERE f.run = h.run AND f.cursor > h.sealed AND f.cursor <= h.cursor)`,
  'no frame is left that is sealed': `SELECT f.run, f.cursor FROM metric_frame f
    LEFT JOIN metric_head h ON h.run = f.run WHERE h.run IS NULL OR f.cursor <= h.sealed`,
  'what writers were told is stored is there': `SELECT h.run, w.points AS acknowledged, coalesce(c.points, 0) AS stored
    FROM metric_head h
    JOIN (SELECT run, sum(count) AS points FROM metric_writer GROUP BY run) AS w ON w.run = h.run
    LEFT JOIN (SELECT c.run, sum(c.n) AS points FROM metric_chunk c JOIN metric_series s
      ON s.run = c.run AND s.series = c.series AND s.generation = c.generation GROUP BY c.run) AS c ON c.run = h.run
    WHERE h.sealed = h.cursor AND w.points <> coalesce(c.points, 0)`,
  'nothing is left of runs that do not exist': `SELECT s.run, s.series FROM metric_series s
    WHERE NOT EXISTS (SELECT FROM run r WHERE r.run = s.run)`,
}

export interface Finding {
  check: string
  faults: number
  /** The first ones, as they were found. */
  examples: object[]
}

/** Checks the metric tables as one picture shows them. */
export function checkInvariants(db: Database): Promise<Finding[]> {
  return db.acrossWorkspaces(
    async ({ sql }) => {
      const findings: Finding[] = []
      for (const [check, query] of Object.entries(invariants)) {
        const { rows } = await sql.query(`SELECT *, count(*) OVER () AS faults FROM (${query}) AS found LIMIT 3`)
        const faults = Number(rows[0]?.faults ?? 0)
        findings.push({ check, faults, examples: rows.map(({ faults: _, ...row }) => row) })
      }
      return findings
    },
    { repeatableRead: true, timeoutMs: 600_000 },
  )
}

/** Bytes that the metric tables take on disk. */
export async function metricBytes(db: Database): Promise<number> {
  const { rows } = await db.acrossWorkspaces(({ sql }) =>
    sql.query<{ bytes: string }>(
      `SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
       WHERE relname LIKE 'metric\\_%' AND relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    ),
  )
  return Number(rows[0]?.bytes)
}
