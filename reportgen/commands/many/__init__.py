"""The commands on many working folders: a report of each, one report on all, in processes kept warm or on other machines."""
