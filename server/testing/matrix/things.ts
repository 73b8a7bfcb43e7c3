import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { House } from '../../house.ts'

/** What there is in a workspace, by the names under which it can be asked for. */
export interface Things {
  marker: string
  workspaceId: string
  workspace: string
  projectId: string
  project: string
  runId: string
  /** The server's own number. */
  run: string
  createdById: string
  victimId: string
  keyId: string
  invitationId: string
  invitationToken: string
  annotationId: string
  /** Of the run, 32 hex digits. */
  writer: string
}

const short = () => randomBytes(5).toString('hex')

/** Fills a workspace with one of everything. Names that are sent in requests hold no marker, all other texts do. */
export async function fillWorkspace(house: House, marker: string): Promise<Things> {
  const ids = {
    workspaceId: randomUUID(),
    workspace: `w-${short()}`,
    projectId: randomUUID(),
    project: `p-${short()}`,
    runId: `r-${short()}`,
    victimId: randomUUID(),
    keyId: randomUUID(),
    invitationId: randomUUID(),
    invitationToken: randomBytes(32).toString('base64url'),
    annotationId: randomUUID(),
    writer: randomBytes(16).toString('hex'),
  }
  const { workspaceId, projectId, victimId } = ids
  const run = await house.db.acrossWorkspaces(async ({ prisma }) => {
    await prisma.user.create({
      data: { id: victimId, email: `${marker}-${victimId}@example.com`, name: `victim ${marker}` },
    })
    await prisma.workspace.create({ data: { workspaceId, slug: ids.workspace, name: `workspace ${marker}` } })
    await prisma.member.create({ data: { workspaceId, userId: victimId, role: 'member' } })
    const key = { name: `key ${marker}`, scope: 'read', hash: randomUUID(), hint: `hint ${marker}` } as const
    await prisma.apiKey.create({ data: { id: ids.keyId, workspaceId, userId: victimId, ...key } })
    await prisma.invitation.create({ data: invitationOf(ids) })
    const project = { id: projectId, workspaceId, slug: ids.project, name: `project ${marker}`, createdById: victimId }
    await prisma.project.create({ data: project })
    await prisma.annotation.create({ data: annotationOf(ids, marker) })
    await prisma.auditEvent.create({ data: { workspaceId, actorKind: 'system', action: marker, target: marker } })
    const made = await prisma.run.create({ data: runOf(ids, marker) })
    const named = { workspaceId, run: made.run, no: 0 }
    await prisma.runStateChange.create({ data: { ...named, state: 'running', reason: `reason ${marker}` } })
    await prisma.metricHead.create({ data: { workspaceId, run: made.run } })
    const series = {
      workspaceId,
      run: made.run,
      series: 0,
      key: `key/${marker}`,
      labels: { rank: marker },
      labelSet: marker,
    }
    await prisma.metricSeries.create({ data: { ...series, count: 1, lastStep: 1, lastValue: 1 } })
    const writer = {
      ...named,
      writer: Buffer.from(ids.writer, 'hex'),
      labels: { rank: marker },
      host: `host ${marker}`,
    }
    await prisma.metricWriter.create({ data: writer })
    return String(made.run)
  })
  return { ...ids, marker, run, createdById: victimId }
}

type Ids = Pick<
  Things,
  'workspaceId' | 'projectId' | 'runId' | 'victimId' | 'invitationId' | 'invitationToken' | 'annotationId'
>

const annotationOf = ({ annotationId, workspaceId, projectId, victimId }: Ids, marker: string) => ({
  ...{ id: annotationId, workspaceId, projectId, createdById: victimId },
  ...{ key: `key ${marker}`, axis: 'step', from: 1, text: `annotation ${marker}` },
})

const invitationOf = ({ invitationId, workspaceId, victimId, invitationToken }: Ids) => ({
  id: invitationId,
  workspaceId,
  role: 'viewer' as const,
  email: null,
  tokenHash: createHash('sha256').update(invitationToken).digest('hex'),
  createdById: victimId,
  expiresAt: new Date(Date.now() + 3_600_000),
})

const runOf = ({ workspaceId, projectId, runId, victimId }: Ids, marker: string) => ({
  workspaceId,
  projectId,
  id: runId,
  name: `run ${marker}`,
  ordinal: 0,
  // A running one would be lost by itself while the matrix is walked: nobody trains here.
  state: 'lost' as const,
  stateReason: `reason ${marker}`,
  group: `group ${marker}`,
  jobType: `job ${marker}`,
  tags: [`tag ${marker}`],
  notes: `notes ${marker}`,
  config: { key: marker, [marker]: 1 },
  summary: { key: marker },
  environment: { command: marker },
  definitions: [{ name: '*', step_metric: `x ${marker}`, summary: ['last'] }],
  refused: [{ key: marker, reason: marker, count: 1, step: null }],
  createdById: victimId,
})
