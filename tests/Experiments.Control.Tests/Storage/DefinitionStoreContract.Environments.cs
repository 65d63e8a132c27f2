using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

public abstract partial class DefinitionStoreContract
{
    [Fact]
    public async Task InsertEnvironment_NewName_CanBeFoundWithRevision1()
    {
        EnvironmentDefinition stored = await Store.AddEnvironmentAsync("prod");

        Assert.Equal(1, stored.Revision);
        Assert.Equal(stored, await Store.ReadAsync(reader => reader.FindEnvironmentAsync(stored.Id)));
    }

    [Fact]
    public async Task FindEnvironment_UnknownId_AnswersNull() =>
        Assert.Null(await Store.ReadAsync(reader => reader.FindEnvironmentAsync(Guid.NewGuid())));

    [Fact]
    public async Task InsertEnvironment_NameTaken_AnswersNullAndTransactionGoesOn()
    {
        await Store.AddEnvironmentAsync("prod");

        await Store.WriteAsync(async writer =>
        {
            Assert.Null(await writer.InsertAsync(Samples.Environment("prod")));
            return await writer.InsertAsync(Samples.Environment("staging"));
        });

        Assert.Equal(["prod", "staging"], (await Store.ListEnvironmentsAsync()).Items.Select(environment => environment.Name));
    }

    [Fact]
    public async Task ListEnvironments_TrickyNames_AreDistinctAndInOrdinalOrder()
    {
        foreach (string name in s_trickyTexts.Reverse())
        {
            await Store.AddEnvironmentAsync(name);
        }

        await ReopenAsync();
        StorePage<EnvironmentDefinition> all = await Store.ListEnvironmentsAsync();
        Assert.Equal(s_trickyTexts, all.Items.Select(environment => environment.Name));
        Assert.Equal(s_trickyTexts.Length, all.Total);
        foreach (string name in s_trickyTexts)
        {
            Assert.Null(await Store.WriteAsync(writer => writer.InsertAsync(Samples.Environment(name))));
        }
    }

    [Theory]
    [InlineData(0, 2, "a b")]
    [InlineData(2, 2, "c d")]
    [InlineData(3, 2, "d e")]
    [InlineData(4, 2, "e")]
    [InlineData(1, 3, "b c d")]
    [InlineData(4, 1, "e")]
    [InlineData(0, 5, "a b c d e")]
    [InlineData(0, int.MaxValue, "a b c d e")]
    [InlineData(0, 0, "")]
    [InlineData(5, 2, "")]
    [InlineData(long.MaxValue, int.MaxValue, "")]
    public async Task ListEnvironments_PageRange_AnswersThatPartAndTheTotal(long skip, int take, string expected)
    {
        foreach (string name in new[] { "d", "a", "e", "c", "b" })
        {
            await Store.AddEnvironmentAsync(name);
        }

        StorePage<EnvironmentDefinition> page = await Store.ListEnvironmentsAsync(new PageRange(skip, take));

        Assert.Equal(expected, string.Join(' ', page.Items.Select(environment => environment.Name)));
        Assert.Equal(5, page.Total);
    }
}
