"""Identity of people and requests: email addresses, job titles, campaign attribution, web origins, networks."""
