"""The edge of the product that every page shares: access marks, forms, paging, assets, headers, preferences.

Words: a view carries an *access mark*; silence means no. A *preference* is what a phone or a person chose
(language, theme, text size, saver). Never: any knowledge of a feature, or of what a person is.
"""
