/**
 * The script for PowerShell 5.1 and later. Gets `value<tab>description`, as fish does. Where it offers nothing, PowerShell completes paths.
 * The words go through a pipe, because other users see arguments.
 */
export const POWERSHELL_SCRIPT = `# kaltura-ks completion for PowerShell
Register-ArgumentCompleter -Native -CommandName kaltura-ks -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = "$wordToComplete".Trim([char[]]@(39, 34))
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
    if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { $_.Extent.Text }
  })
  $parts = @('powershell') + $before + @($typed)
  $text = ($parts | ForEach-Object { $_ + [char]0 }) -join ''
  $lines = @($text | kaltura-ks completion words 2>$null)
  if ($lines.Count -lt 2 -or $lines[0] -ne 'words') { return }
  $lines[1..($lines.Count - 1)] | ForEach-Object {
    $value, $help = $_ -split [char]9, 2
    if (-not $value.StartsWith($typed, [StringComparison]::Ordinal)) { return }
    $quoted = $value
    if ($value -notmatch '^[A-Za-z0-9_.:=+/-]+$') {
      $quoted = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($value) + "'"
    }
    if ([string]::IsNullOrEmpty($help)) { $help = $value }
    [System.Management.Automation.CompletionResult]::new($quoted, $value, 'ParameterValue', $help)
  }
}
`;
