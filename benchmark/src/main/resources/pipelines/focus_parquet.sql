SELECT *, 'focus' AS x_provider, '1.2' AS x_FocusVersion FROM raw
