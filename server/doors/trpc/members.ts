import { z } from 'zod'
import { roles, workspaceRef } from '../../domain/access/index.ts'
import {
  acceptInvitation,
  findInvitation,
  invitationToken,
  invite,
  leaveWorkspace,
  listInvitations,
  listMembers,
  newInvitation,
  removeMember,
  revokeInvitation,
  setRole,
} from '../../domain/workspaces/index.ts'
import { guard, open, router } from './init.ts'

const memberRef = workspaceRef.extend({ userId: z.string().max(64) })
const bearer = z.strictObject({ token: invitationToken })

export const members = router({
  list: guard('members.read')
    .input(workspaceRef)
    .query(({ ctx: { ctx }, input }) => listMembers(ctx, input)),
  setRole: guard('members.edit')
    .input(memberRef.extend({ role: z.enum(roles) }))
    .mutation(({ ctx: { ctx }, input }) => setRole(ctx, input)),
  remove: guard('members.edit')
    .input(memberRef)
    .mutation(({ ctx: { ctx }, input }) => removeMember(ctx, input)),
  leave: guard('members.leave')
    .input(workspaceRef)
    .mutation(({ ctx: { ctx }, input }) => leaveWorkspace(ctx, input)),

  invitations: guard('members.edit')
    .input(workspaceRef)
    .query(({ ctx: { ctx }, input }) => listInvitations(ctx, input)),
  invite: guard('members.edit')
    .input(workspaceRef.extend(newInvitation.shape))
    .mutation(async ({ ctx: { ctx, house }, input: { workspace, ...wanted } }) => {
      const { token, ...made } = await invite(ctx, workspace, wanted)
      return { ...made, url: `${house.publicUrl()}/invite/${token}` }
    }),
  revokeInvitation: guard('members.edit')
    .input(workspaceRef.extend({ id: z.string().max(64) }))
    .mutation(({ ctx: { ctx }, input }) => revokeInvitation(ctx, input)),

  /** For whoever holds an invitation's link. */
  invitation: open.input(bearer).query(({ ctx: { ctx }, input }) => findInvitation(ctx, input)),
  accept: guard('account.own')
    .input(bearer)
    .mutation(({ ctx: { ctx }, input }) => acceptInvitation(ctx, input)),
})
