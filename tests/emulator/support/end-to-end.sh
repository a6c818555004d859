#!/bin/bash
set -e

# The end-to-end flow of the API's older description, with only the base URL and the organization id substituted, and a
# status printed after each step.
call() { curl -s -w '\n%{http_code}' "$@" -H "Authorization: Bearer ${WORKOS_API_KEY}" -H "Content-Type: application/json"; }
show() { echo "$1 $(tail -n1 <<<"$RESPONSE") $(head -n-1 <<<"$RESPONSE" | jq -c "$2" 2>/dev/null)"; }

# Health check
RESPONSE=$(call "${BASE}/user_management/users?limit=1")
show health '.data | length'

# 1. Create user
RESPONSE=$(call -X POST "${BASE}/user_management/users" -d '{
  "email": "test@example.com",
  "first_name": "Test",
  "last_name": "User",
  "email_verified": true
}')
USER_ID=$(head -n-1 <<<"$RESPONSE" | jq -r '.id')
show create-user '.id'

# 2. Get user
RESPONSE=$(call "${BASE}/user_management/users/$USER_ID")
show get-user '.email'

# 3. Update user
RESPONSE=$(call -X PUT "${BASE}/user_management/users/$USER_ID" -d '{"first_name": "Updated"}')
show update-user '.first_name'

# 4. Create organization membership
RESPONSE=$(call -X POST "${BASE}/user_management/organization_memberships" -d "{
  \"user_id\": \"$USER_ID\",
  \"organization_id\": \"$ORG_ID\",
  \"role_slug\": \"member\"
}")
MEMBERSHIP_ID=$(head -n-1 <<<"$RESPONSE" | jq -r '.id')
show create-membership '[.id, .user_id, .organization_id, .role.slug, .status]'

# 5. List user's memberships
RESPONSE=$(call "${BASE}/user_management/organization_memberships?user_id=$USER_ID")
show list-memberships '[.data[].id]'

# 6. Delete membership
RESPONSE=$(call -X DELETE "${BASE}/user_management/organization_memberships/$MEMBERSHIP_ID")
show delete-membership .

# 7. Delete user
RESPONSE=$(call -X DELETE "${BASE}/user_management/users/$USER_ID")
show delete-user .

RESPONSE=$(call "${BASE}/user_management/users/$USER_ID")
show gone .code
