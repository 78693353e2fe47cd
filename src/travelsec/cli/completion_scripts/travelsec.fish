# Completion of travelsec for fish.
#
# travelsec answers with a word for what is to be completed, then a candidate on each line, with
# a description behind a tab. fish quotes what it inserts; nothing that travelsec says is run.

function __travelsec_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l token (commandline -ct | string collect)
    # The word may be within quotes that are still open.
    set -l current (string unescape -- $token; or string unescape -- $token\'; or string unescape -- $token\")
    set -l lines (env _TRAVELSEC_COMPLETE=fish travelsec $words "$current" 2>/dev/null </dev/null)
    switch "$lines[1]"
        case files
            complete -C "'' $token"
        case folders
            complete -C "'' $token" | string match -r '^[^\t]*/(?:\t.*)?$'
        case words
            set -e lines[1]
            string join \n -- $lines
    end
end

complete -c travelsec -f -a '(__travelsec_complete)'
