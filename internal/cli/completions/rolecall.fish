# fish completion of rolecall. It asks the program what fits.
function __rolecall_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l head (string match -r '^.*=' -- $current)
    set -l tail (string replace -r '^.*=' '' -- $current)
    for line in ($words[1] __complete $words[2..-1] "=$current" 2>/dev/null)
        switch $line
            case ':files*'
                string replace -r '^' "$head" -- (__fish_complete_path $tail)
            case ':folders*'
                string replace -r '^' "$head" -- (__fish_complete_directories $tail)
            case '*'
                echo $line
        end
    end
end
complete -c rolecall -f -a '(__rolecall_complete)'
