# PowerShell completion of rolecall. It asks the program what fits; where nothing does, PowerShell completes names of files.
Register-ArgumentCompleter -Native -CommandName rolecall -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $elements = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    $words = @($elements | Select-Object -Skip 1) + "=$wordToComplete"
    & $elements[0] __complete @words 2>$null | Where-Object { $_ -and $_[0] -ne ':' } | ForEach-Object {
        $value, $about = $_ -split "`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
    }
}
