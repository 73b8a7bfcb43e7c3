'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '@/ui/trpc/client'
import { KeyRow } from './key-row'
import { NewKeyDialog } from './new-key-dialog'
import { SettingsSection } from './settings-section'
import { SettingsTable } from './settings-table'

export function KeysScreen({ workspace }: { workspace: string }) {
  const trpc = useTRPC()
  const { data: keys } = useSuspenseQuery(trpc.keys.list.queryOptions({ workspace }))
  const { data: place } = useSuspenseQuery(trpc.workspaces.get.queryOptions({ workspace }))
  return (
    <SettingsSection
      title="Keys"
      note="Training scripts and programs sign in with a key. It acts as the person who made it, in this workspace only."
      action={<NewKeyDialog workspace={workspace} role={place.role} />}
    >
      {keys.length === 0 ? (
        <p className="t-small text-ink-3">
          No key yet. A script takes one from <code>trackside login</code> or <code>TRACKSIDE_API_KEY</code>.
        </p>
      ) : (
        <SettingsTable columns={['Name', 'Key', 'Scope', 'Of', 'Last use', 'Ends']}>
          {keys.map(key => (
            <KeyRow
              key={key.id}
              apiKey={key}
              workspace={workspace}
              revocable={key.mine || place.may.includes('keys.all')}
            />
          ))}
        </SettingsTable>
      )}
    </SettingsSection>
  )
}
