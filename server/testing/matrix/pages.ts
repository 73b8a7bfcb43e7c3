import { readFileSync } from 'node:fs'
import type { RunningServer } from '../../start-server.ts'
import type { Fault } from './faults.ts'
import { nowhere } from './routes.ts'
import type { Things } from './things.ts'
import type { Caller, World } from './world.ts'

type Names = Pick<Things, 'workspace' | 'project' | 'runId'> & { invitationToken: string }

const absent: Names = { ...nowhere, invitationToken: 'nowhere' }

/** Every page of the build that is served, as a path with holes. */
function pagesOf(): string[] {
  const manifest = JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8')) as Record<string, string>
  return Object.entries(manifest)
    .filter(([file, path]) => file.endsWith('/page') && !path.startsWith('/_'))
    .map(([, path]) => path)
}

const fill = (path: string, { workspace, project, runId, invitationToken }: Names) =>
  path
    .replace('[workspace]', workspace)
    .replace('[project]', project)
    .replace('[run]', runId)
    .replace('[token]', invitationToken)

/** As a page, as React asks for one, and as Next fetches one ahead: the same bytes of a tenant, none, on all of them. */
const manners = [{}, { rsc: '1' }, { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }]

/** Holds every page against the policy: seen by who may read the workspace, as if it did not exist to anybody else. */
export async function walkPages(
  { url }: RunningServer,
  world: World,
  foreign: World,
): Promise<{ calls: number; faults: Fault[] }> {
  const faults: Fault[] = []
  let calls = 0
  for (const page of pagesOf()) {
    const holes = [...page.matchAll(/\[([^\]]+)\]/g)].map(([, name]) => name)
    for (const name of holes)
      if (!['workspace', 'project', 'run', 'token'].includes(name ?? ''))
        faults.push({ call: page, fault: `the matrix has no word for ${name}` })
    const tenants = page.includes('[workspace]')
    await Promise.all(
      world.callers.map(async caller => {
        for (const [target, names] of Object.entries({
          own: world,
          foreign: { ...foreign, invitationToken: 'x' },
          nowhere: absent,
        })) {
          for (const manner of target === 'nowhere' ? manners.slice(0, 1) : manners) {
            calls++
            const call = `${page} by ${caller.name}, ${target}, ${Object.keys(manner).join(' ') || 'plain'}`
            const { status, location, body, cache } = await visit(url + fill(page, names), caller, manner)
            // Pages are for people: a key is nobody's here.
            const person = caller.actor?.kind === 'member'
            const sees = person && target === 'own' && caller.role !== null
            const wanted = sees ? 200 : person ? 404 : 307
            // A page may send its reader on within what he sees.
            const sentOn = sees && status === 307 && location.startsWith(`/${world.workspace}/`)
            if (tenants && manner === manners[0] && status !== wanted && !sentOn)
              faults.push({ call, fault: `${status} ${location} instead of ${wanted}` })
            if (status >= 500) faults.push({ call, fault: `${status}` })
            if (body.includes(foreign.marker)) faults.push({ call, fault: 'leaks another workspace' })
            if (tenants && !caller.role && texts(world.marker).test(body))
              faults.push({ call, fault: 'leaks a workspace to a stranger' })
            if (tenants && status === 200 && !/no-store/.test(cache))
              faults.push({ call, fault: `may be kept by a cache: ${cache}` })
          }
        }
      }),
    )
  }
  return { calls, faults }
}

/** What a workspace shows; a person's own name is his to see. */
const texts = (marker: string) =>
  new RegExp(`(workspace|project|run|victim|owner|notes|reason|group|key|hint) ${marker}`)

async function visit(url: string, caller: Caller, manner: Record<string, string | undefined>) {
  const headers = { ...caller.headers, ...(manner as Record<string, string>) }
  const response = await fetch(url, { headers, redirect: 'manual' })
  const body = await response.text()
  const { status } = response
  return {
    status,
    body,
    location: response.headers.get('location') ?? '',
    cache: response.headers.get('cache-control') ?? '',
  }
}
