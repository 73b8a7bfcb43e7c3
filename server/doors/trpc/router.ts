import { account } from './account.ts'
import { annotations } from './annotations.ts'
import { createCallerFactory, router } from './init.ts'
import { keys } from './keys.ts'
import { members } from './members.ts'
import { metrics } from './metrics.ts'
import { projects } from './projects.ts'
import { runs } from './runs.ts'
import { workspaces } from './workspaces.ts'

export const appRouter = router({ account, workspaces, members, keys, projects, runs, metrics, annotations })

export type AppRouter = typeof appRouter

export const createCaller = createCallerFactory(appRouter)
