namespace Experiments.Benchmarks.Browser;

/// <summary>What is measured.</summary>
internal static class Clicks
{
    private const string Rows = "document.querySelectorAll('tbody tr').length";
    private const string FirstName = "document.querySelector('tbody tr .name a')?.textContent";
    private const string FirstHasTag = "[...document.querySelectorAll('tbody tr:first-child .tag')].some(one => one.textContent === 'team-7')";
    private const string Pager = "(document.querySelector('.pager')?.textContent ?? '')";

    private static readonly (string Act, string Seen) s_toConnect = (Nav("/connect"), Title("Connect"));

    /// <param name="count">Experiments, and flags.</param>
    public static IReadOnlyList<Click> All(int count)
    {
        string total = count.ToString("n0", System.Globalization.CultureInfo.InvariantCulture);
        string last = Documents.NameOf(count - 1);
        string experiments = $"{Title("Experiments")} && {Pager}.includes('of {total}') && {Rows} === 25";
        string flags = $"{Title("Flags")} && {Pager}.includes('1–25 of') && {Rows} === 25";
        return
        [
            new("open-experiments", "open the list of experiments", "/connect", [(Nav("/experiments"), experiments), s_toConnect]),
            new("open-flags", "open the list of flags", "/connect", [(Nav("/flags"), flags), s_toConnect]),
            new("open-audiences", "open the list of audiences", "/connect", [(Nav("/audiences"), $"{Title("Audiences")} && {Pager}.includes('1–25 of')"), s_toConnect]),
            new(
                "next-page", "next page of the list", "/experiments",
                [(Button("Next page"), $"{Pager}.includes('26–50 of {total}')"), (Button("Previous page"), $"{Pager}.includes('1–25 of {total}')")]),
            new(
                "search", "type into the search", "/experiments",
                [
                    (Typed(Documents.KeyOf(count / 2)), $"{Rows} === 1 && {FirstName} === '{Documents.NameOf(count / 2)}'"),
                    (Typed(""), $"{Pager}.includes('of {total}')"),
                ]),
            new(
                "search-many", "type a text that a third has", "/experiments",
                [(Typed("9"), $"!{Pager}.includes('of {total}') && {FirstName} === '{last}' && {Rows} === 25"), (Typed(""), $"{Pager}.includes('of {total}')")]),
            new(
                "sort-name", "sort by name", "/experiments",
                [
                    (Header("Experiment"), $"{FirstName} === '{Documents.NameOf(0)}'"),
                    (Header("Experiment"), $"{FirstName} === '{last}' && document.querySelector('th[aria-sort=descending]')"),
                    (Header("Experiment"), "!document.querySelector('th[aria-sort]')"),
                ],
                Measured: 2),
            new(
                "sort-changed", "sort by the last change", "/flags",
                [
                    (Header("Changed"), "document.querySelector('th[aria-sort=descending]')"),
                    (Header("Changed"), "document.querySelector('th[aria-sort=ascending]')"),
                    (Header("Changed"), "!document.querySelector('th[aria-sort]')"),
                ],
                Measured: 2),
            new(
                "filter-tag", "filter by a tag", "/flags",
                [(Chosen("select[aria-label=Tag]", "team-7"), FirstHasTag), (Chosen("select[aria-label=Tag]", ""), $"!({FirstHasTag})")]),
            new(
                "open-experiment", "open an experiment", "/experiments",
                [("document.querySelector('tbody tr .name a').click()", $"{Title(last)} && document.querySelector('.buckets') && document.querySelector('#history')"), (Nav("/experiments"), experiments)]),
            new(
                "open-flag", "open a flag", "/flags",
                [("document.querySelector('tbody tr .name a').click()", "document.querySelector('h1')?.textContent.startsWith('Flag ') && document.querySelector('[role=switch]')"), (Nav("/flags"), flags)]),
            new(
                "change-environment", "change the environment", "/flags",
                [
                    (Environment("staging"), $"{FirstName}?.endsWith('staging')"),
                    (Environment("prod"), $"{FirstName} && !{FirstName}.endsWith('staging')"),
                ],
                Measured: 2),
            new("open-overview", "open the overview", "/connect", [(Nav("/"), $"{Title("Overview")} && document.querySelector('.stat')"), s_toConnect]),
            new(
                "open-publish", "open publish, with one change waiting", "/connect",
                [(Nav("/publish"), $"{Title("Publish")} && document.querySelector('.change-group')"), s_toConnect]),
            new("open-layers", "open layers and holdouts", "/connect", [(Nav("/layers"), $"{Title("Layers and holdouts")} && document.querySelector('#layers')"), s_toConnect]),
            new("open-audit", "open the audit log", "/connect", [(Nav("/audit"), $"{Title("Audit log")} && document.querySelectorAll('.entry').length === 25"), s_toConnect]),
            new(
                "search-audit", "search the audit log", "/audit",
                [(Typed("CHECKOUT-77"), "document.querySelector('.entry')?.textContent.includes('checkout-77')"), (Typed(""), "document.querySelectorAll('.entry').length === 25 && !document.querySelector('.entry').textContent.includes('checkout-77')")]),
        ];
    }

    private static string Title(string text) => $"document.querySelector('h1')?.textContent === '{text}'";

    private static string Nav(string path) => $"document.querySelector('nav a[href=\"{path}\"]').click()";

    private static string Button(string label) => $"document.querySelector('button[aria-label=\"{label}\"]').click()";

    private static string Header(string text) =>
        $"[...document.querySelectorAll('th button')].find(one => one.textContent.trim().startsWith('{text}')).click()";

    private static string Typed(string text) => $"stopwatch.input(document.querySelector('[data-search] input'), '{text}')";

    private static string Chosen(string select, string value) => $"stopwatch.choose(document.querySelector('{select}'), '{value}')";

    private static string Environment(string name) =>
        $"{{ const picker = document.querySelector('select[aria-label=Environment]'); stopwatch.choose(picker, [...picker.options].find(one => one.textContent === '{name}').value); }}";
}
