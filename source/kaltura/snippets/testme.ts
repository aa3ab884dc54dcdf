import { isOnThisComputer } from '../accounts/regions.js';
import type { SnippetBody, SnippetTask } from './snippet.js';

/** Describes the test console of the account's region (docs/kaltura-facts.md 6). A key works only in its own region. */
export function testmeSnippet({ serviceUrl, call }: SnippetTask): SnippetBody {
  return {
    lines: [
      `${serviceUrl}/api_v3/testme/`,
      '',
      '1. Open this URL in a browser.',
      '2. Paste the key into the field “Kaltura API session (string)”.',
      `3. Select service: ${call.service}. Select action: ${call.action}.`,
      ...(call.isList ? ['   In its pager, set pageSize to 1.'] : []),
      '4. Send. If the answer has objectType KalturaAPIException, it is an error, and its code says which.',
    ],
    notes: [
      'Paste the key only into the field “Kaltura API session (string)”, never into the URL: browsers and logs store URLs.',
      ...(isOnThisComputer(serviceUrl) ? ['The practice server has no such page: this is for a real server.'] : []),
    ],
  };
}
