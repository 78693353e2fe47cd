# Completion of travelsec for PowerShell 5 and newer.
#
# travelsec answers with a word for what is to be completed, then a candidate on each line, with
# a description behind a tab. Where that word is not "words", PowerShell itself offers files.

Register-ArgumentCompleter -Native -CommandName travelsec -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @(
        foreach ($element in $commandAst.CommandElements) {
            if ($element.Extent.EndOffset -ge $cursorPosition) { break }
            if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
                $element.Value
            } else {
                $element.Extent.Text
            }
        }
    )
    $words += $wordToComplete.TrimStart("'", '"')
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $Env:_TRAVELSEC_COMPLETE = 'powershell'
        # Not as arguments: PowerShell 5 leaves out those that are empty.
        $Env:_TRAVELSEC_WORDS = $words -join "`n"
        $what, $lines = @(travelsec 2>$null)
    } finally {
        [Console]::OutputEncoding = $encoding
        $Env:_TRAVELSEC_COMPLETE = $null
        $Env:_TRAVELSEC_WORDS = $null
    }
    if ($what -ne 'words') { return }
    foreach ($line in $lines) {
        $value, $description = $line -split "`t", 2
        $inserted = $value
        if ($value -notmatch '^[\w./:=-]+$') {
            $escaped = [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($value)
            $inserted = "'$escaped'"
        }
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new(
            $inserted, $value, 'ParameterValue', $description)
    }
}
