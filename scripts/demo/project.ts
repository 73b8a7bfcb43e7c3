import { actorFromKey } from '../../server/domain/keys/index.ts'
import { createProject } from '../../server/domain/projects/index.ts'
import { isDomainError } from '../../server/errors.ts'
import type { House } from '../../server/house.ts'
import type { DemoOwner } from './owner.ts'

/** Makes the project where there is none; says so when the data folder belongs to somebody else. */
export async function prepareProject(house: House, owner: DemoOwner, name: string): Promise<void> {
  const { db, log, settings } = house
  try {
    const actor = await actorFromKey({ db }, owner.key)
    await createProject({ actor, requestId: 'demo', address: '', log, db }, owner.workspace, { name })
  } catch (error) {
    if (!isDomainError(error)) throw error
    if (error.code === 'CONFLICT') return
    if (error.code !== 'UNAUTHENTICATED') throw error
    throw new Error(
      `${settings.TRACKSIDE_DATA_DIR} has accounts that the demo did not make. Choose another folder: npm run demo -- --data DIR`,
    )
  }
}
