import { formTail, powershellQuote, type SnippetBody, type SnippetTask, urlOfCall } from './snippet.js';

/**
 * Writes a snippet for Windows PowerShell 5.1 and PowerShell 7. The call goes through .NET's HttpClient, because the
 * commands of the two versions report errors in different ways.
 */
export function powershellSnippet(task: SnippetTask): SnippetBody {
  const { call } = task;
  return {
    fileName: 'kaltura-call.ps1',
    run: 'pwsh kaltura-call.ps1',
    lines: [
      `# Asks Kaltura ${call.does}. Changes nothing.`,
      '# The key is taken from the variable KALTURA_KS.',
      "$ErrorActionPreference = 'Stop'",
      'Add-Type -AssemblyName System.Net.Http',
      `$address = ${powershellQuote(urlOfCall(task))}`,
      '',
      'function Stop-Call([string] $text) {',
      '    [Console]::Error.WriteLine($text)',
      '    exit 1',
      '}',
      '',
      '$ks = "$env:KALTURA_KS".Trim()',
      "if ($ks -eq '') { Stop-Call 'KALTURA_KS is not set: put the key into it.' }",
      '',
      `$body = 'ks=' + [Uri]::EscapeDataString($ks) + '${formTail(call)}'`,
      '# Windows PowerShell does not use TLS 1.2 on every system.',
      '$points = [Net.ServicePointManager]',
      '$points::SecurityProtocol = $points::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12',
      '$handler = New-Object System.Net.Http.HttpClientHandler',
      '$handler.AllowAutoRedirect = $false',
      '$client = New-Object System.Net.Http.HttpClient($handler)',
      '$client.Timeout = [TimeSpan]::FromSeconds(30)',
      "$type = 'application/x-www-form-urlencoded'",
      '$content = New-Object System.Net.Http.StringContent($body, [Text.Encoding]::ASCII, $type)',
      'try {',
      '    $response = $client.PostAsync($address, $content).GetAwaiter().GetResult()',
      '    $status = [int] $response.StatusCode',
      '    $answer = $response.Content.ReadAsStringAsync().GetAwaiter().GetResult().Trim()',
      '} catch {',
      '    # The innermost error has the reason.',
      "    Stop-Call ('The server did not answer: ' + $_.Exception.GetBaseException().Message)",
      '}',
      'if ($status -ne 200) { Stop-Call "The server answered with the HTTP status $status." }',
      '# Kaltura also sends errors with HTTP status 200, so check the answer.',
      `if ($answer -match '"objectType"\\s*:\\s*"KalturaAPIException"') {`,
      '    # Print only the code: the message may repeat the key.',
      `    $code = if ($answer -match '"code"\\s*:\\s*"(\\w+)"') { $Matches[1] } else { 'unknown reason' }`,
      '    Stop-Call "Kaltura refused: $code"',
      '}',
      `if ($answer -notmatch '${call.isList ? '(?s)^\\{.*\\}$' : '^\\d+$'}') {`,
      "    Stop-Call 'This is not an answer from Kaltura: check the URL.'",
      '}',
      '$answer',
    ],
    notes: [
      'It runs in PowerShell 7 (pwsh) and in Windows PowerShell 5.1: powershell -ExecutionPolicy Bypass -File kaltura-call.ps1',
    ],
  };
}
