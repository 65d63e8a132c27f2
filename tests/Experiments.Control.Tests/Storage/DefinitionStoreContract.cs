using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

/// <summary>What every <see cref="IDefinitionStore"/> must do. Each test has an empty store of its own.</summary>
public abstract partial class DefinitionStoreContract : IAsyncLifetime
{
    /// <summary>Texts that a culture, a case-insensitive or a UTF-8 comparison would merge, reorder or lose; in ordinal order.</summary>
    private static readonly string[] s_trickyTexts =
    [
        "", "\0", "\0\0", "A", "ABC", "Abc", "a", "a\0", "aB", "abc", "a\u00AD", "a\u0308", "ss", "\u00AD", "\u00DF", "\u00E4", "\u0130",
        "\u0131", "\uD800", "\uD83D", "\uD83D\uDE00", "\uDE00", "\uE000", "\uFFFD", "\uFFFF",
    ];

    private IDefinitionStore? _store;

    /// <summary>Opened before each test.</summary>
    internal IDefinitionStore Store => _store!;

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await Store.DisposeAsync();

    /// <summary>Opens the test's store; called again after a dispose it opens the same one.</summary>
    internal abstract Task<IDefinitionStore> OpenAsync();

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    private protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        _store = await OpenAsync();
    }
}
