"""Review of reports that strangers sent: judged again, compared, decided on."""
