"""Who someone is and where they come from: email addresses, job titles, campaign attribution, web origins, networks."""
