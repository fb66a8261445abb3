-- a copied database sends and receives nothing, and knows no credentials
UPDATE peppol_connection
   SET state = 'draft', token = NULL, webhook_token = NULL;
