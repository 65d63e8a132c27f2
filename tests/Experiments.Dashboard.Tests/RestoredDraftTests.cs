using System.Text.Json;
using Experiments.Dashboard.Tests.Support;

namespace Experiments.Dashboard.Tests;

/// <summary>What was typed comes back after a restart, and somebody else changed the same meanwhile: that is a question, and never overwritten.</summary>
public sealed class RestoredDraftTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    // As connection.js keeps it when the server goes away.
    private const string Keep = """
        () => {
          const kinds = "input, textarea, select";
          const values = Object.fromEntries([...document.querySelectorAll("[data-draft]")]
            .map(holder => [holder.dataset.draft, holder.matches(kinds) ? holder : holder.querySelector(kinds)])
            .filter(([, field]) => field).map(([name, field]) => [name, field.value]));
          sessionStorage.setItem("dashboard-drafts", JSON.stringify({ url: location.href, values }));
        }
        """;

    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task Split_ChangedBySomebodyElseMeanwhile_IsAQuestion()
    {
        string environment = await DashboardContent.CreateEnvironmentAsync(Http, "restored-split");
        string id = await DashboardContent.CreateExperimentAsync(Http, environment, "split");
        await using DashboardTab tab = await fixture.OpenAsync(environment: "restored-split");
        await tab.GoAsync($"/experiments/{id}");
        await tab.Page.Locator("#coverage").FillAsync("60");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.SeesAsync("Save split");
        await tab.Page.EvaluateAsync(Keep);

        JsonElement variants = (await DashboardContent.GetAsync(Http, $"/api/experiments/{id}")).GetProperty("variants");
        await DashboardContent.PutAsync(Http, $"/api/experiments/{id}/split", new
        {
            weights = variants.EnumerateArray().Select(static one => new { variantId = one.GetProperty("id").GetString(), weight = 1 }), coverage = 0.4,
        });
        await tab.Page.ReloadAsync();
        await tab.InteractiveAsync();
        await tab.ClickAsync("Save split");
        await tab.SeesAsync("Somebody else changed this while you were editing");
        Assert.Equal(0.4m, (await DashboardContent.GetAsync(Http, $"/api/experiments/{id}")).GetProperty("split").GetProperty("coverage").GetDecimal());
        tab.AssertClean();
    }
}
