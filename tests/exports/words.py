"""Headers as the platforms write them, for the generator alone: copied by hand, not taken from the descriptions."""

META_ROLES = (
    "start", "end", "day", "campaign", "ad_group", "ad", "spend", "impressions", "reach", "results", "result_type",
    "link_clicks", "clicks",
)  # fmt: skip
META: dict[str, tuple[str, ...]] = {
    "en": (
        "Reporting starts", "Reporting ends", "Day", "Campaign name", "Ad Set Name", "Ad name", "Amount spent",
        "Impressions", "Reach", "Results", "Result indicator", "Link clicks", "Clicks (all)",
    ),
    "es": (
        "Inicio del informe", "Fin del informe", "Día", "Nombre de la campaña", "Nombre del conjunto de anuncios",
        "Nombre del anuncio", "Importe gastado", "Impresiones", "Alcance", "Resultados", "Indicador de resultado",
        "Clics en el enlace", "Clics (todos)",
    ),
    "pt-BR": (
        "Início dos relatórios", "Término dos relatórios", "Dia", "Nome da campanha", "Nome do conjunto de anúncios",
        "Nome do anúncio", "Valor usado", "Impressões", "Alcance", "Resultados", "Indicador de resultados",
        "Cliques no link", "Cliques (todos)",
    ),
    "de": (
        "Berichtsstart", "Berichtsende", "Tag", "Name der Kampagne", "Anzeigengruppenname", "Anzeigenname",
        "Ausgegebener Betrag", "Impressionen", "Reichweite", "Ergebnisse", "Indikator für Ergebnisse", "Link-Klicks",
        "Klicks (alle)",
    ),
    "fr": (
        "Début des rapports", "Fin des rapports", "Jour", "Nom de la campagne", "Nom de l'ensemble de publicités",
        "Nom de la publicité", "Montant dépensé", "Impressions", "Couverture", "Résultats", "Indicateur de résultats",
        "Clics sur le lien", "Clics (tous)",
    ),
    "it": (
        "Inizio dei report", "Fine dei report", "Giorno", "Nome della campagna", "Nome del gruppo di inserzioni",
        "Nome dell'inserzione", "Importo speso", "Impression", "Copertura", "Risultati", "Indicatore di risultato",
        "Clic sul link", "Clic (tutti)",
    ),
    "tr": (
        "Rapor Başlangıcı", "Rapor Sonu", "Gün", "Kampanya Adı", "Reklam Seti Adı", "Reklam Adı", "Harcanan Tutar",
        "Gösterim", "ERİŞİM", "Sonuçlar", "Sonuç Göstergesi", "Bağlantı Tıklamaları", "Tıklamalar (Tümü)",
    ),
    "ru": (
        "Дата начала отчетности", "Дата окончания отчетности", "День", "Название кампании",
        "Название группы объявлений", "Название объявления", "Потраченная сумма", "Показы", "Охват", "Результаты",
        "Индикатор результата", "Клики по\u00a0ссылке", "Клики (все)",
    ),
    "uk": (
        "Дата початку звіту", "Дата завершення звіту", "День", "Назва кампанії", "Назва групи оголошень",
        "Назва оголошення", "Витрачена сума", "Покази", "Охоплення", "Результати", "Індикатор результату",
        "Кліки за посиланням", "Кліки (усі)",
    ),
    "pl": (
        "Początek raportowania", "Koniec raportowania", "Dzień", "Nazwa kampanii", "Nazwa zestawu reklam",
        "Nazwa reklamy", "Wydana kwota", "Wyświetlenia", "Zasięg", "Wyniki", "Typ wyniku", "Kliknięcia linku",
        "Kliknięcia (wszystkie)",
    ),
    "az": (
        "Hesabatın başlanğıcı", "Hesabatın sonu", "Gün", "Kampaniyanın adı", "Reklam dəstinin adı", "Reklamın adı",
        "Xərclənən məbləğ", "Göstərilmələr", "Əhatə", "Nəticələr", "Nəticə göstəricisi", "Keçid klikləri",
        "Kliklər (hamısı)",
    ),
    "ja": (
        "レポート開始日", "レポート終了日", "日", "キャンペーン名", "広告セット名", "広告名", "消化金額",
        "インプレッション", "リーチ", "結果", "結果インジケーター", "リンクのクリック", "クリック（すべて）",
    ),
    "zh-CN": (
        "报告开始日期", "报告结束日期", "天", "广告系列名称", "广告组名称", "广告名称", "已花费金额", "展示次数",
        "覆盖人数", "成效", "成效指标", "链接点击量", "全部点击",
    ),
    "zh-TW": (
        "分析報告開始", "分析報告結束", "天數", "行銷活動名稱", "廣告組合名稱", "廣告名稱", "花費金額", "曝光次數",
        "觸及人數", "成果", "成果指標", "連結點擊次數", "全部點擊次數",
    ),
    "ko": (
        "보고 시작", "보고 종료", "일", "캠페인 이름", "광고 세트 이름", "광고 이름", "지출 금액", "노출", "도달",
        "결과", "결과 표시 도구", "링크 클릭", "전체 클릭",
    ),
}  # fmt: skip
META_CURRENCY = {
    "en": "USD", "es": "EUR", "pt-BR": "BRL", "de": "EUR", "fr": "EUR", "it": "EUR", "tr": "TRY", "ru": "AZN",
    "uk": "UAH", "pl": "PLN", "az": "AZN", "ja": "JPY", "zh-CN": "CNY", "zh-TW": "TWD", "ko": "KRW",
}  # fmt: skip
# Columns: label, day, campaign, currency, impressions, clicks, spend, conversions; total words; title; range line.
GOOGLE: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "columns": ("Campaign status", "Day", "Campaign", "Currency code", "Impr.", "Clicks", "Cost", "Conversions"),
        "totals": ("Total: Campaigns", "Total: Account", "Total: Search"),
        "above": ("Campaign report", "February 2, 2026 - February 8, 2026"),
    },
    "pt": {
        "columns": (
            "Estado da campanha", "Dia", "Campanha", "Código da moeda", "Impressões", "Cliques", "Custo", "Conversões",
        ),
        "totals": ("Total: Campanhas", "Total: Conta", "Total: Pesquisa"),
        "above": ("Relatório da campanha", "2 de fevereiro de 2026 - 8 de fevereiro de 2026"),
    },
    "es": {
        "columns": (
            "Estado de la campaña", "Día", "Campaña", "Código de moneda", "Impr.", "Clics", "Coste", "Conversiones",
        ),
        "totals": ("Total: Campañas", "Total: Cuenta", "Total: Búsqueda"),
        "above": ("Informe de campaña", "2 de febrero de 2026 - 8 de febrero de 2026"),
    },
    "de": {
        "columns": ("Kampagnenstatus", "Tag", "Kampagne", "Währungscode", "Impr.", "Klicks", "Kosten", "Conversions"),
        "totals": ("Gesamt: Kampagnen", "Gesamt: Konto", "Gesamt: Suche"),
        "above": ("Kampagnenbericht", "2. Februar 2026 - 8. Februar 2026"),
    },
    "it": {
        "columns": (
            "Stato campagna", "Giorno", "Campagna", "Codice valuta", "Impressioni", "Clic", "Costo", "Conversioni",
        ),
        "totals": ("Totale: Campagne", "Totale: Account", "Totale: Ricerca"),
        "above": ("Report campagne", "2 febbraio 2026 - 8 febbraio 2026"),
    },
    "ja": {
        "columns": ("状態", "日", "キャンペーン", "通貨コード", "表示回数", "クリック数", "費用", "コンバージョン"),
        "totals": ("合計: キャンペーン", "合計: アカウント", "合計: 検索"),
        "above": ("キャンペーン レポート", "2026年2月2日 - 2026年2月8日"),
    },
}  # fmt: skip
TIKTOK: dict[str, tuple[str, ...]] = {
    "en": (
        "Campaign name", "Ad group name", "Ad name", "By Day", "Currency", "Cost", "Impressions", "Reach",
        "Clicks (destination)", "Clicks (all)", "Conversions",
    ),
    "ko": (
        "캠페인", "광고그룹", "광고 이름", "일별", "통화", "비용", "노출수", "도달", "클릭수(목적지)", "클릭", "전환수",
    ),
}  # fmt: skip
