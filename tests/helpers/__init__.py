"""What tests of every kind share: fixtures, servers, fakes."""
