import { beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../../context.ts'
import { mintCtx, mintWorkspace } from '../../testing/factories.ts'
import { mintMember } from '../../testing/people.ts'
import { createProject } from '../projects/index.ts'
import { type Changed, deleteRun, onChanged, openByHttp } from '../runs/index.ts'
import { createAnnotation, deleteAnnotation, editAnnotation, listAnnotations } from './index.ts'

let ctx: Ctx
beforeAll(async () => {
  ctx = await mintCtx()
})

async function place() {
  const { workspaceId, slug: workspace, owner } = await mintWorkspace()
  const asOwner = { ...ctx, actor: owner.actor }
  const { slug: project } = await createProject(asOwner, workspace, { name: 'annotated' })
  const as = async (role: 'member' | 'viewer') => ({ ...ctx, actor: (await mintMember(ctx, workspaceId, role)).actor })
  return { workspaceId, ref: { workspace, project }, asOwner, as }
}

const spike = { key: 'train/loss', axis: 'step', from: 40, text: 'a spike: <b>bad shard</b>' } as const

test('what one person writes all see with its author; only its author and admins may change it', async () => {
  const { ref, asOwner, as } = await place()
  const [author, other, viewer] = await Promise.all([as('member'), as('member'), as('viewer')])
  const { id } = await createAnnotation(author, ref, spike)
  const seen = async (who: Ctx) => {
    const { annotations, mayCreate } = await listAnnotations(who, ref)
    return { ...annotations[0], mayCreate }
  }
  expect(await seen(author)).toMatchObject({ ...spike, id, to: null, editable: true, mayCreate: true })
  expect((await seen(author)).author).toBeTruthy()
  expect(await seen(other)).toMatchObject({ id, editable: false, mayCreate: true })
  expect(await seen(viewer)).toMatchObject({ id, editable: false, mayCreate: false })
  const edit = (who: Ctx) => editAnnotation(who, { ...ref, id, text: 'a spike' })
  await expect(edit(other)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(deleteAnnotation(viewer, { ...ref, id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(createAnnotation(viewer, ref, spike)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await edit(author)
  expect(await seen(viewer)).toMatchObject({ text: 'a spike', editedAt: expect.any(Date) })
  await deleteAnnotation(asOwner, { ...ref, id })
  expect((await listAnnotations(viewer, ref)).annotations).toEqual([])
})

test('every change is told to who watches the project, and written down', async () => {
  const { ref, workspaceId, asOwner } = await place()
  const told: Changed[] = []
  const silence = onChanged(changed => changed.workspaceId === workspaceId && told.push(changed))
  const { id } = await createAnnotation(asOwner, ref, { ...spike, to: 60 })
  await editAnnotation(asOwner, { ...ref, id, text: 'two' })
  await deleteAnnotation(asOwner, { ...ref, id })
  silence()
  expect(told.map(({ what }) => what)).toEqual(['annotations', 'annotations', 'annotations'])
  const deeds = await ctx.db.inWorkspace(workspaceId, ({ prisma }) =>
    prisma.auditEvent.findMany({ where: { workspaceId, target: id }, orderBy: { id: 'asc' } }),
  )
  expect(deeds.map(({ action }) => action)).toEqual(['annotation.create', 'annotation.edit', 'annotation.delete'])
  expect(deeds[1]).toMatchObject({ before: { text: spike.text }, after: { text: 'two' } })
})

test('a range that ends before it starts is refused, and another project’s annotation is not there', async () => {
  const { ref, asOwner } = await place()
  const other = await place()
  await expect(createAnnotation(asOwner, ref, { ...spike, to: 40 })).rejects.toMatchObject({ code: 'INVALID' })
  const { id } = await createAnnotation(other.asOwner, other.ref, spike)
  await expect(deleteAnnotation(asOwner, { ...ref, id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('of some runs it stands while one of them does; runs of another project are not there', async () => {
  const { ref, asOwner } = await place()
  const other = await place()
  const open = (who: Ctx, at: typeof ref, run: string) => openByHttp(who, { ...at, run }, { writer: run })
  const { run: one } = await open(asOwner, ref, 'one')
  const { run: two } = await open(asOwner, ref, 'two')
  const { run: elsewhere } = await open(other.asOwner, other.ref, 'one')
  const { id } = await createAnnotation(asOwner, ref, { ...spike, runs: [BigInt(one), BigInt(two)] })
  const seen = async () => (await listAnnotations(asOwner, ref)).annotations.map(({ id, runs }) => ({ id, runs }))
  const whole = [{ id, runs: [String(one), String(two)] }]
  expect(await seen()).toEqual(whole)
  await deleteRun(asOwner, { ...ref, run: 'one' })
  expect(await seen()).toEqual(whole)
  await deleteRun(asOwner, { ...ref, run: 'two' })
  expect(await seen()).toEqual([])
  const strange = createAnnotation(asOwner, ref, { ...spike, runs: [BigInt(elsewhere)] })
  await expect(strange).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
