"""Review of reports that strangers sent: judged afresh, compared, decided on."""
