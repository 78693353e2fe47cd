# Completion of travelsec for bash 3.2 and newer.
#
# travelsec answers with a word for what is to be completed, then a candidate on each line,
# quoted for where it goes. Nothing it says is run.

_travelsec() {
    local what candidate
    COMPREPLY=()
    # bash 3.2 has no compopt: it offers files wherever nothing else fits.
    compopt +o default 2>/dev/null
    # `$2` is what will be replaced: the end of the word, from the last of COMP_WORDBREAKS on.
    while IFS= read -r candidate; do
        if [[ -z $what ]]; then
            what=$candidate
        else
            COMPREPLY[${#COMPREPLY[@]}]=$candidate
        fi
    done < <(_TRAVELSEC_COMPLETE=bash command travelsec "${COMP_LINE:0:COMP_POINT}" "$2" \
        2>/dev/null </dev/null)
    case $what in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
    esac
    # A value is still to follow.
    [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null
}

complete -o default -F _travelsec travelsec
