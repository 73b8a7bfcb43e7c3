import { z } from 'zod'
import { listPlaces } from '../../domain/access/index.ts'
import {
  changePassword,
  endOtherSessions,
  endSession,
  getAccount,
  hasNoUsers,
  listSessions,
  newUser,
  passwordChange,
  personName,
  renameAccount,
  signUp,
} from '../../domain/accounts/index.ts'
import { found } from '../../domain/keys/index.ts'
import { invitationToken, signUpInvited, workspaceName } from '../../domain/workspaces/index.ts'
import { forbidden } from '../../errors.ts'
import { calledAsLoopback, firstComerOwns, isFirstOwnerToken } from '../../first-owner.ts'
import { providerNames } from '../auth/index.ts'
import { type Asked, guard, open, router } from './init.ts'

const firstComer = ({ house, host }: Asked) => firstComerOwns(house.settings) && calledAsLoopback(host)

export const account = router({
  /** What the sign-in page offers. */
  entrance: open
    .input(z.strictObject({ token: z.string().max(100).optional() }).optional())
    .query(async ({ ctx, input }) => {
      const { settings } = ctx.house
      const mayFound = firstComer(ctx) || isFirstOwnerToken(input?.token)
      return {
        firstOwner: mayFound && (await hasNoUsers(ctx.ctx)),
        openSignUp: settings.TRACKSIDE_OPEN_SIGNUP,
        providers: providerNames(settings),
      }
    }),

  /** The first owner of an empty server, with a first workspace. */
  found: open
    .input(newUser.extend({ workspace: workspaceName, token: z.string().max(100).optional() }))
    .mutation(async ({ ctx, input: { token, workspace, ...person } }) => {
      if (!firstComer(ctx) && !isFirstOwnerToken(token))
        throw forbidden('The first owner is made with the link that the server printed when it started')
      const made = await found(ctx.ctx, { ...person, workspace: { name: workspace } })
      return { email: made.email, slug: made.workspace?.slug ?? null }
    }),

  signUp: open
    .input(newUser.extend({ invitation: invitationToken.optional() }))
    .mutation(({ ctx: { ctx, house }, input: { invitation, ...person } }) =>
      invitation === undefined
        ? signUp(ctx, person, { open: house.settings.TRACKSIDE_OPEN_SIGNUP })
        : signUpInvited(ctx, invitation, person),
    ),

  me: guard('account.own').query(async ({ ctx: { ctx } }) => ({
    user: await getAccount(ctx),
    workspaces: await listPlaces(ctx),
  })),
  rename: guard('account.own')
    .input(z.strictObject({ name: personName }))
    .mutation(({ ctx: { ctx }, input }) => renameAccount(ctx, input)),
  changePassword: guard('account.own')
    .input(passwordChange)
    .mutation(({ ctx: { ctx }, input }) => changePassword(ctx, input)),

  sessions: guard('account.own').query(({ ctx: { ctx } }) => listSessions(ctx)),
  endSession: guard('account.own')
    .input(z.strictObject({ session: z.string().max(64) }))
    .mutation(({ ctx: { ctx }, input }) => endSession(ctx, input)),
  endOtherSessions: guard('account.own').mutation(({ ctx: { ctx } }) => endOtherSessions(ctx)),
})
