'use client'

import { useMutation } from '@tanstack/react-query'
import { TimeAgo } from '@/ui/format/time-ago'
import { Badge } from '@/ui/kit/badge'
import { cn } from '@/ui/kit/cn'
import { Td, Tr } from '@/ui/kit/table'
import { type RouterOutputs, useTRPC } from '@/ui/trpc/client'
import { ConfirmButton } from './confirm-button'
import { useTold } from './use-told'

type ApiKey = RouterOutputs['keys']['list'][number]

export function KeyRow({
  apiKey: key,
  workspace,
  revocable,
}: {
  apiKey: ApiKey
  workspace: string
  revocable: boolean
}) {
  const trpc = useTRPC()
  const told = useTold()
  const revoke = useMutation(
    trpc.keys.revoke.mutationOptions(
      told({ done: `Key ${key.name} revoked`, stale: [trpc.keys.list.queryFilter({ workspace })] }),
    ),
  )
  return (
    <Tr className={cn(key.revokedAt && 'text-ink-3')}>
      <Td className="max-w-48 truncate font-medium" title={key.name}>
        {key.name}
      </Td>
      <Td className="font-mono text-[11px] text-ink-2">{key.hint}</Td>
      <Td>{key.scope}</Td>
      <Td className="text-ink-2">{key.mine ? 'you' : key.user.name}</Td>
      <Td className="text-ink-2">{key.lastUsedAt ? <TimeAgo at={key.lastUsedAt.getTime()} /> : 'never'}</Td>
      <Td className="text-ink-2">{key.expiresAt ? <TimeAgo at={key.expiresAt.getTime()} /> : 'never'}</Td>
      <Td numeric>
        {key.revokedAt ? (
          <Badge tone="bad">revoked</Badge>
        ) : revocable ? (
          <ConfirmButton
            label="Revoke"
            title={`Revoke the key ${key.name}`}
            act="Revoke the key"
            pending={revoke.isPending}
            onConfirm={() => revoke.mutate({ workspace, id: key.id })}
          >
            Scripts that use <code>{key.hint}</code> are refused at once, open connections too. What they logged stays.
          </ConfirmButton>
        ) : null}
      </Td>
    </Tr>
  )
}
