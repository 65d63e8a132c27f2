namespace Experiments.Architecture.Tests;

/// <summary>
/// What may depend on what. A new project, folder or edge is a reviewed change to these tables. A folder is named by its path inside
/// the project; "." is the project's root folder.
/// </summary>
internal static class AllowedEdges
{
    /// <summary>Project references. One direction: samples and server -> sdk; nothing points back.</summary>
    public static readonly Dictionary<string, string[]> Projects = Table("""
        Experiments.Cli              -> Experiments.Control
        Experiments.Client           ->
        Experiments.Control          -> Experiments.Client
        Experiments.Dashboard        -> Experiments.Control
        Experiments.Decide.Endpoints -> Experiments.Client
        Experiments.Decide           -> Experiments.Decide.Endpoints
        Experiments.FeatureManagement -> Experiments.Client
        Experiments.Gateway          ->
        Experiments.Server           -> Experiments.Control Experiments.Dashboard Experiments.Decide.Endpoints Experiments.Gateway
        FeatureManagement            -> Experiments.FeatureManagement
        MinimalApi                   -> Experiments.Client
        NativeAot                    -> Experiments.Client
        """);

    /// <summary>Between the folders of one project.</summary>
    public static readonly Dictionary<string, Dictionary<string, string[]>> Folders = new(StringComparer.Ordinal)
    {
        // The root starts the program, and holds the exit codes that all folders use.
        ["Experiments.Cli"] = Table("""
            .         -> Commands Output
            Input     -> .
            Output    ->
            Api       -> . Input
            Resources -> . Api
            Stores    -> .
            Commands  -> . Api Input Output Resources Stores
            """),
        // The root is the users' vocabulary: it uses no folder.
        ["Experiments.Client"] = Table("""
            .          ->
            Json       ->
            Bucketing  ->
            Targeting  -> . Json Targeting/Text
            Targeting/Text ->
            Snapshots  -> . Bucketing Json Targeting Targeting/Text
            Snapshots/Loading -> . Bucketing Json Snapshots Targeting Targeting/Text
            Diagnostics -> .
            Testing    -> . Json
            Sources    -> . Diagnostics Snapshots Snapshots/Loading
            Decisions  -> . Bucketing Diagnostics Json Snapshots Targeting Targeting/Text
            Hosting    -> . Decisions Diagnostics Snapshots Snapshots/Loading Sources
            """),

        // The root puts the library together and holds its settings.
        ["Experiments.Control"] = Table("""
            .              -> Api Api/Responses Auditing Diagnostics Explaining Operations Publishing Storage Storage/LiteDb Storage/Postgres Transfer Versions
            Definitions    ->
            Splits         ->
            Compilation    -> Definitions Splits
            Differences    -> Definitions
            Storage        -> Definitions
            Storage/Archive -> Definitions Storage
            Storage/LiteDb -> Definitions Storage
            Storage/Postgres -> Definitions Storage
            Auditing       -> Definitions Storage
            Diagnostics    -> Storage
            Versions       -> Definitions Storage
            Publishing     -> Auditing Compilation Definitions Diagnostics Storage Versions
            Operations     -> Auditing Compilation Definitions Differences Splits Storage Versions
            Explaining     -> Compilation Definitions Operations Storage Versions
            Api            -> Api/Bodies Api/Requests Api/Responses Auditing Definitions Differences Explaining Operations Publishing Splits Storage Storage/Archive Transfer Versions
            Api/Bodies     ->
            Api/Requests   -> Definitions Explaining Operations Splits Storage Transfer Versions
            Api/Responses  -> Api/Requests Definitions Differences Explaining Operations Splits Storage Transfer
            Transfer       -> Auditing Compilation Definitions Differences Operations Splits Storage
            """),
        // The root is the document around all pages, and what the server calls.
        ["Experiments.Dashboard"] = Table("""
            .       -> Health Live Session
            Models  ->
            Health  -> Models
            Session -> Models
            Live    -> Models Session
            Layout  ->
            """),
        ["Experiments.Decide.Endpoints"] = Table("""
            .            -> Answers Diagnostics Environments Health Lifetime Requests
            Diagnostics  ->
            Requests     ->
            Answers      -> Diagnostics Requests
            Problems     ->
            Environments -> . Answers
            Health       -> . Environments Lifetime
            Lifetime     ->
            Telemetry    ->
            """),
        ["Experiments.Decide"] = Table("""
            .       -> Metrics
            Metrics ->
            """),
        // The root is the users' vocabulary: it uses no folder.
        ["Experiments.FeatureManagement"] = Table("""
            .         ->
            Variants  ->
            Decisions -> . Variants
            Hosting   -> . Decisions
            """),
        ["Experiments.Gateway"] = Table("""
            .            -> Health Proxying RateLimiting
            Health       -> .
            Proxying     -> .
            RateLimiting -> .
            """),
        ["Experiments.Server"] = Table("""
            .        -> Docs Settings Startup Telemetry
            Docs     ->
            Settings ->
            Startup  -> Settings
            Telemetry ->
            """),
        ["FeatureManagement"] = Table("""
            . ->
            """),
        ["MinimalApi"] = Table("""
            . ->
            """),
        ["NativeAot"] = Table("""
            . ->
            """),
    };

    /// <summary>Folders of other projects that a project may use, as <c>Project/folder</c>.</summary>
    public static readonly Dictionary<string, string[]> ForeignFolders = Table("""
        Experiments.Cli              -> Experiments.Control/Storage Experiments.Control/Storage/Archive Experiments.Control/Storage/LiteDb Experiments.Control/Storage/Postgres
        Experiments.Client           ->
        Experiments.Control          -> Experiments.Client/. Experiments.Client/Bucketing Experiments.Client/Decisions Experiments.Client/Hosting Experiments.Client/Json Experiments.Client/Snapshots Experiments.Client/Snapshots/Loading Experiments.Client/Sources Experiments.Client/Targeting Experiments.Client/Targeting/Text
        Experiments.Dashboard        -> Experiments.Client/. Experiments.Control/Api/Requests Experiments.Control/Api/Responses Experiments.Control/Auditing Experiments.Control/Compilation Experiments.Control/Definitions Experiments.Control/Differences Experiments.Control/Operations Experiments.Control/Publishing Experiments.Control/Splits Experiments.Control/Storage Experiments.Control/Transfer Experiments.Control/Versions
        Experiments.Decide.Endpoints -> Experiments.Client/. Experiments.Client/Decisions Experiments.Client/Diagnostics Experiments.Client/Hosting Experiments.Client/Json Experiments.Client/Snapshots Experiments.Client/Sources Experiments.Client/Targeting
        Experiments.Decide           -> Experiments.Client/Hosting Experiments.Decide.Endpoints/. Experiments.Decide.Endpoints/Lifetime Experiments.Decide.Endpoints/Problems Experiments.Decide.Endpoints/Telemetry
        Experiments.FeatureManagement -> Experiments.Client/.
        Experiments.Gateway          ->
        Experiments.Server           -> Experiments.Client/. Experiments.Client/Hosting Experiments.Control/. Experiments.Control/Api Experiments.Control/Operations Experiments.Control/Publishing Experiments.Control/Storage/LiteDb Experiments.Dashboard/. Experiments.Dashboard/Health Experiments.Decide.Endpoints/. Experiments.Decide.Endpoints/Environments Experiments.Decide.Endpoints/Health Experiments.Decide.Endpoints/Lifetime Experiments.Decide.Endpoints/Problems Experiments.Gateway/. Experiments.Control/Api/Responses Experiments.Control/Storage Experiments.Decide.Endpoints/Telemetry
        FeatureManagement            ->
        MinimalApi                   -> Experiments.Client/.
        NativeAot                    -> Experiments.Client/.
        """);

    private static Dictionary<string, string[]> Table(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split("->", StringSplitOptions.TrimEntries))
        .ToDictionary(row => row[0], row => row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
